import { deflateSync, inflateSync } from 'fflate'
import { murmur128 } from '../hash.ts'
import { resamples } from '../resampling/resampler.ts'
import type { TrialId } from '../trialKey.ts'
import type { CarriedTrials, TrialFamily } from '../trials.ts'

const version = 1
const headBytes = 1 + 4 + 4 * 8
const checkDigits = 8
const bytesInAll = headBytes + 2 * 2 * resamples
/** Far above any number of trials that is ever reached, and below the end of the whole numbers of a float. */
const mostTrials = 2 ** 31

/**
 * The family as text for a link: how many trials, their Sharpe ratios, and the running maxima. The maxima are
 * written byte plane by byte plane, which packs them to about a byte each.
 *
 * @param shown the trial that the link shows, so that computing it again is not counted as another one
 */
export function familyText({ trials, sharpes, maxima }: TrialFamily, shown: TrialId | null): string {
  const bytes = new Uint8Array(bytesInAll)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, version)
  view.setUint32(1, trials)
  view.setFloat64(5, sharpes.count)
  view.setFloat64(13, sharpes.mean)
  view.setFloat64(21, sharpes.squares)
  view.setFloat64(29, shown ?? 0)
  let at = headBytes
  for (const column of [maxima.studentised, maxima.plain]) {
    for (const value of column) bytes[at++] = (value >> 8) & 0xff
    for (const value of column) bytes[at++] = value & 0xff
  }
  return checkOf(bytes) + toBase64Url(deflateSync(bytes, { level: 9 }))
}

/** Null where the text is no family. */
export function readFamilyText(text: string): CarriedTrials | null {
  const bytes = inflated(text.slice(checkDigits))
  if (bytes === null || checkOf(bytes) !== text.slice(0, checkDigits) || bytes[0] !== version) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const trials = view.getUint32(1)
  const sharpes = { count: view.getFloat64(5), mean: view.getFloat64(13), squares: view.getFloat64(21) }
  const numbers = Object.values(sharpes).every((value) => Number.isFinite(value))
  const shown = view.getFloat64(29)
  if (!Number.isSafeInteger(shown) || shown < 0) return null
  if (trials > mostTrials || !numbers || sharpes.count < 0 || sharpes.count > trials || sharpes.squares < 0)
    return null
  const column = (start: number) =>
    Int16Array.from({ length: resamples }, (_, b) => (bytes[start + b] << 8) | bytes[start + resamples + b])
  return {
    trials,
    shown: shown || null,
    sharpes,
    studentised: column(headBytes),
    plain: column(headBytes + 2 * resamples),
  }
}

/** Tells a damaged text from a whole one. */
const checkOf = (bytes: Uint8Array): string => murmur128(bytes).slice(0, checkDigits)

function inflated(text: string): Uint8Array | null {
  if (!/^[\w-]{1,8192}$/.test(text)) return null
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    const bytes = inflateSync(packed, { out: new Uint8Array(bytesInAll + 1) })
    return bytes.length === bytesInAll ? bytes : null
  } catch {
    return null
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
