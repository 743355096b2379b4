/**
 * JSON for reports: typed arrays travel as base64, and NaN and the infinities survive.
 * Float64 series are kept as Float32, because what is stored is only drawn until it is recomputed.
 */
const views = { f32: Float32Array, i32: Int32Array } as const

export function stringifyReport(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Float64Array || item instanceof Float32Array)
      return { $f32: bytesToBase64(new Uint8Array(Float32Array.from(item).buffer)) }
    if (item instanceof Int32Array) return { $i32: bytesToBase64(new Uint8Array(item.slice().buffer)) }
    if (typeof item === 'number' && !Number.isFinite(item)) return { $n: String(item) }
    return item
  })
}

export function parseReport<T>(text: string): T {
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null) return item
    if ('$n' in item) return Number(item.$n)
    if ('$i32' in item) return new views.i32(base64ToBuffer(String(item.$i32)))
    if ('$f32' in item) return Float64Array.from(new views.f32(base64ToBuffer(String(item.$f32))))
    return item
  }) as T
}

function bytesToBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function base64ToBuffer(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer
}
