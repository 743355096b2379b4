import { deflateSync, inflateSync } from 'fflate'
import { sha256 } from 'hash-wasm'
import * as v from 'valibot'
import type { NotebookRun, RunCurve } from './contract.ts'

const version = 1
const head = /^contrail-run (\d{1,6}) (\d{1,9}) ([0-9a-f]{64}) (\d{1,9}) ([0-9a-f]{64})$/
const longestHead = 200

/** JSON has no NaN. */
const numeric = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? NaN),
)
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]+$/))
const entry = v.object({
  id: hex,
  at: v.number(),
  name: v.string(),
  tags: v.array(v.string()),
  note: v.string(),
  link: v.string(),
  system: v.string(),
  result: hex,
  simulated: v.boolean(),
  from: v.number(),
  to: v.number(),
  splitFrom: v.nullable(v.number()),
  benchmark: v.nullable(v.string()),
  part: v.string(),
  trades: v.number(),
  headlines: v.array(
    v.object({
      id: v.string(),
      label: v.string(),
      unit: v.string(),
      value: numeric,
      low: numeric,
      high: numeric,
      benchmark: numeric,
    }),
  ),
  verdict: v.object({ kind: v.string(), because: v.string() }),
  pValue: numeric,
  charged: v.number(),
})

/** A run as the bytes of its file: what is to be listed and the curve are read apart from each other. */
export interface RunBytes {
  entry: Uint8Array
  curve: Uint8Array
}

/**
 * A line with version, length and sha-256 of the two parts that follow: the run as JSON and its curve, both
 * deflated. A file that was cut short, or whose bytes changed on the disk, is thus known.
 */
export async function encodeRunFile({ entry, curve }: RunBytes): Promise<Uint8Array> {
  const line = `contrail-run ${version} ${entry.length} ${await sha256(entry)} ${curve.length} ${await sha256(curve)}\n`
  const bytes = new Uint8Array(line.length + entry.length + curve.length)
  bytes.set(new TextEncoder().encode(line))
  bytes.set(entry, line.length)
  bytes.set(curve, line.length + entry.length)
  return bytes
}

/**
 * Null where the file is not whole or not of this version.
 *
 * @param most bytes it may unpack to, where others may have made the file
 */
export async function readEntry(file: Blob, most = Infinity): Promise<NotebookRun | null> {
  const part = await partOf(file, 'entry')
  if (part === null) return null
  const bytes = most === Infinity ? inflateSync(part) : inflateSync(part, { out: new Uint8Array(most + 1) })
  if (bytes.length > most) return null
  const parsed = v.safeParse(entry, JSON.parse(new TextDecoder().decode(bytes)))
  return parsed.success ? parsed.output : null
}

/** The curve as it lies in the file, to be written again; null where it is not whole. */
export function readCurveBytes(file: Blob): Promise<Uint8Array | null> {
  return partOf(file, 'curve')
}

export function encodeEntry(run: NotebookRun): Uint8Array {
  return deflateSync(new TextEncoder().encode(JSON.stringify(run)))
}

/** Number of days and whether there is a benchmark, the dates, and equity and benchmark in full precision. */
export function encodeCurve({ dates, equity, benchmark }: RunCurve): Uint8Array {
  const days = dates.length
  const series = benchmark.length === days && days > 0 ? [equity, benchmark] : [equity]
  const bytes = new Uint8Array(8 + 4 * days + 8 * days * series.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, days, true)
  view.setUint32(4, series.length, true)
  for (let i = 0; i < days; i++) view.setInt32(8 + 4 * i, dates[i], true)
  for (const [s, values] of series.entries())
    for (let i = 0; i < days; i++) view.setFloat64(8 + 4 * days + 8 * (s * days + i), values[i], true)
  return deflateSync(bytes)
}

export function decodeCurve(deflated: Uint8Array): RunCurve {
  const bytes = inflateSync(deflated)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const days = view.getUint32(0, true)
  const hasBenchmark = view.getUint32(4, true) === 2
  const seriesAt = (s: number) => (_: unknown, i: number) =>
    view.getFloat64(8 + 4 * days + 8 * (s * days + i), true)
  return {
    dates: Int32Array.from({ length: days }, (_, i) => view.getInt32(8 + 4 * i, true)),
    equity: Float64Array.from({ length: days }, seriesAt(0)),
    benchmark: Float64Array.from({ length: hasBenchmark ? days : 0 }, seriesAt(1)),
  }
}

async function partOf(file: Blob, which: keyof RunBytes): Promise<Uint8Array | null> {
  const start = new Uint8Array(await file.slice(0, longestHead).arrayBuffer())
  const end = start.indexOf(10)
  const line = end < 0 ? null : head.exec(new TextDecoder().decode(start.subarray(0, end)))
  if (!line || Number(line[1]) > version) return null
  const entryLength = Number(line[2])
  const [from, length, hash] =
    which === 'entry' ? [end + 1, entryLength, line[3]] : [end + 1 + entryLength, Number(line[4]), line[5]]
  const part = new Uint8Array(await file.slice(from, from + length).arrayBuffer())
  return part.length === length && (await sha256(part)) === hash ? part : null
}
