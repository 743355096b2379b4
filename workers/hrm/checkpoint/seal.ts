import { createSHA256 } from 'hash-wasm'
import { readMetadata, SafetensorsError } from './safetensors.ts'

/** The name in the metadata under which a file carries its own sha-256. */
export const sealName = 'sha256'
/** What stands there while the sum is taken. */
export const unsealed = '0'.repeat(64)

/**
 * Writes the sha-256 of a file, taken with zeros in its place, into its metadata, which must hold `unsealed`
 * there: any byte that changes later, or is missing, is noticed.
 */
export async function seal(file: Uint8Array): Promise<void> {
  const at = placeOf(file, unsealed)
  if (at === null) throw new SafetensorsError('The file has no place for its sum.')
  file.set(new TextEncoder().encode(await sha256Of([file])), at)
}

/** Whether a file is what was sealed, to the byte. */
export async function isSealed(file: Uint8Array): Promise<boolean> {
  let sum: string | undefined
  try {
    sum = readMetadata(file)[sealName]
  } catch {
    return false
  }
  const at = sum && /^[0-9a-f]{64}$/.test(sum) ? placeOf(file, sum) : null
  if (at === null) return false
  const zeros = new TextEncoder().encode(unsealed)
  return (await sha256Of([file.subarray(0, at), zeros, file.subarray(at + zeros.length)])) === sum
}

async function sha256Of(parts: Uint8Array[]): Promise<string> {
  const hasher = await createSHA256()
  hasher.init()
  for (const part of parts) hasher.update(part)
  return hasher.digest()
}

/** Where the sum stands in the file: it is plain text in the header. */
function placeOf(file: Uint8Array, sum: string): number | null {
  const wanted = `"${sealName}":"${sum}"`
  // Latin letters only, one byte each, so that a place in the text is a place in the file.
  const found = latin(file).indexOf(wanted)
  return found < 0 ? null : found + wanted.length - 1 - sum.length
}

/** The first bytes, which hold the metadata, as a text of one character each. */
function latin(file: Uint8Array): string {
  return new TextDecoder('latin1').decode(file.subarray(0, 1 << 16))
}
