import { encode } from 'uqr'

/** Light modules around the code, by ISO/IEC 18004. */
export const quietZone = 4
/** Characters that the largest code holds at the lowest error correction (40-L, bytes). */
export const mostInCode = 2_953

export interface QrPath {
  /** Modules along a side, the quiet zone included. */
  side: number
  /** The dark modules as the path of an SVG of that size. */
  path: string
}

/** Null where the text is longer than any code can hold. */
export function qrPath(text: string): QrPath | null {
  if (new TextEncoder().encode(text).length > mostInCode) return null
  // Short links get a correction that survives print; long ones the smallest code, which cameras read better.
  const { data, size } = encode(text, {
    ecc: text.length < 500 ? 'M' : 'L',
    border: quietZone,
    boostEcc: false,
  })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      let end = x
      while (end < size && row[end]) end++
      path += `M${x} ${y}h${end - x}v1h${x - end}z`
      x = end
    }
  }
  return { side: size, path }
}

/** A file of the same picture. */
export function qrSvg({ side, path }: QrPath): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`
  )
}

/** The same as PNG, eight pixels a module. */
export async function qrPng({ side, path }: QrPath): Promise<Blob> {
  const canvas = new OffscreenCanvas(side * 8, side * 8)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser draws no pictures.')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(8, 8)
  context.fillStyle = '#000'
  context.fill(new Path2D(path))
  return canvas.convertToBlob({ type: 'image/png' })
}
