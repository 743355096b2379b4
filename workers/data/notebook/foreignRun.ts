import { inflateSync } from 'fflate'
import { sha256 } from 'hash-wasm'
import type { NotebookRun } from './contract.ts'
import { decodeCurve, encodeEntry, encodeRunFile, readCurveBytes, readEntry } from './runFile.ts'
import type { StoredRun } from './runFolder.ts'

/** No run of this page is larger, unpacked. */
const mostEntry = 256 << 10
const mostCurve = 16 << 20
const mostWords = 400

export async function runFileOf({ run, curve }: StoredRun): Promise<Blob> {
  return new Blob([(await encodeRunFile({ entry: encodeEntry(run), curve })) as Uint8Array<ArrayBuffer>])
}

/** A run out of a file that anybody may have made; null where it is not one that this page could have written. */
export async function readForeignRun(file: Blob): Promise<StoredRun | null> {
  try {
    const run = await readEntry(file, mostEntry)
    const curve = await readCurveBytes(file)
    if (!run || !curve || unpackedSize(curve) > mostCurve) return null
    const { dates, equity } = decodeCurve(curve)
    const whole = dates.length > 0 && equity.length === dates.length && equity.every(Number.isFinite)
    return whole && (await isPlausible(run)) ? { run, curve } : null
  } catch {
    return null
  }
}

async function isPlausible(run: NotebookRun): Promise<boolean> {
  const { id, link, result, headlines, verdict } = run
  const words = [run.system, run.benchmark ?? '', run.part, verdict.kind, verdict.because, result]
  const labels = headlines.flatMap((one) => [one.id, one.label, one.unit])
  return (
    /^(#v1\.[\w-]{0,8192})?$/.test(link) &&
    headlines.length <= 40 &&
    [...words, ...labels].every((text) => text.length <= mostWords) &&
    [run.at, run.from, run.to, run.trades].every(Number.isFinite) &&
    (await sha256(`${result} ${link}`)).slice(0, 32) === id
  )
}

/** Stops at the bound, so that a small file cannot become a large one. */
function unpackedSize(deflated: Uint8Array): number {
  return inflateSync(deflated, { out: new Uint8Array(mostCurve + 1) }).length
}
