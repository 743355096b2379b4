import { sumsBytes } from './sumsBytes.ts'

/** Series that are resampled at once. */
export const lanes = 8
/** Resamples that lie beside each other in the table of counts. */
const beside = 4

/** Memory for one table of counts, eight series, and their sums. */
export interface SumsMemory {
  /** [resamples ÷ 4 × days × 4] how often a day is drawn, four resamples beside each other */
  counts: Float32Array
  /** [days × 8] eight series beside each other */
  series: Float32Array
  /** [resamples × 8] Σ over the days of count × value */
  sums: Float32Array
  /** Fills `sums` from `counts` and `series`. */
  run(): void
}

/**
 * Room for sums over so many days and resamples (a multiple of four). WebAssembly where it has vectors, which is
 * ten times faster and more; else JavaScript with the very same operations in the same order, so that the sums are
 * the same to the bit everywhere.
 */
export function openSums(days: number, resamples: number): SumsMemory {
  return openWasm(days, resamples) ?? openScript(days, resamples)
}

interface SumsModule {
  memory: WebAssembly.Memory
  sums: (counts: number, series: number, out: number, days: number, blocks: number) => void
}

const pageBytes = 65_536
let compiled: WebAssembly.Module | null | undefined

/** Compiled once; null where the engine has no vectors. */
function moduleOf(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(sumsBytes), (c) => c.charCodeAt(0)))
  } catch {
    compiled = null
  }
  return compiled
}

function openWasm(days: number, resamples: number): SumsMemory | null {
  const module = moduleOf()
  if (module === null) return null
  const { memory, sums } = new WebAssembly.Instance(module).exports as unknown as SumsModule
  const seriesAt = 4 * resamples * days
  const sumsAt = seriesAt + 4 * lanes * days
  const bytes = sumsAt + 4 * lanes * resamples
  memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / pageBytes)))
  return {
    counts: new Float32Array(memory.buffer, 0, resamples * days),
    series: new Float32Array(memory.buffer, seriesAt, lanes * days),
    sums: new Float32Array(memory.buffer, sumsAt, lanes * resamples),
    run: () => sums(0, seriesAt, sumsAt, days, resamples / beside),
  }
}

/** The same in JavaScript, rounding to single precision where the vectors do. */
export function openScript(days: number, resamples: number): SumsMemory {
  const counts = new Float32Array(resamples * days)
  const series = new Float32Array(lanes * days)
  const sums = new Float32Array(lanes * resamples)
  return {
    counts,
    series,
    sums,
    run() {
      const { fround } = Math
      for (let b = 0; b < resamples; b++) {
        let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]
        let at = placeOf(b, 0, days)
        for (let value = 0; value < series.length; value += lanes, at += beside) {
          const count = counts[at]
          s0 = fround(s0 + fround(count * series[value]))
          s1 = fround(s1 + fround(count * series[value + 1]))
          s2 = fround(s2 + fround(count * series[value + 2]))
          s3 = fround(s3 + fround(count * series[value + 3]))
          s4 = fround(s4 + fround(count * series[value + 4]))
          s5 = fround(s5 + fround(count * series[value + 5]))
          s6 = fround(s6 + fround(count * series[value + 6]))
          s7 = fround(s7 + fround(count * series[value + 7]))
        }
        sums.set([s0, s1, s2, s3, s4, s5, s6, s7], b * lanes)
      }
    },
  }
}

/** Where the table of counts holds a day of a resample. */
export function placeOf(resample: number, day: number, days: number): number {
  return (Math.floor(resample / beside) * days + day) * beside + (resample % beside)
}
