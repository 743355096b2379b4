import type { Panel } from '../../quant/panel.ts'
import { endsEarlyDays } from '../quality.ts'
import { onDates } from './onDates.ts'

/** Of the days that both have, the last so many are compared. */
const compared = 60
/** Of those, the last so many tell the level. */
const levelDays = 5
/** Prices this close to one another are the same but for what was rounded, or a dividend on the way. */
const sameWithin = 0.01
const fewestAgreeing = 0.9
/** Fewer days in common tell no level. */
const fewestOfLevel = 3
/** Nearer to one than this, a level is that of the file. */
const rounding = 5e-4
/** Without a day in common, a first price outside these multiples of the last one is another level. */
const [leastStep, mostStep] = [0.5, 2]
/** As in `buildPanel`: a larger step of the factor is a split, before which volume is counted in other shares. */
const splitStep = 1.2

/** How the collected prices of a symbol go with those of the file that they carry on. */
export interface Seam {
  symbol: string
  /**
   * - `same`: added as they are; `scaled`: added, at the level of the file;
   * - `disagrees`: left out, because the days in common, or the step to the first day, tell another price;
   * - `gap`: left out, because too many days lie between.
   */
  kind: 'same' | 'scaled' | 'disagrees' | 'gap'
  /** Last epoch day of the file. */
  last: number
  /** Epoch days after it that were collected. */
  days: number[]
  /** What collected prices are multiplied by. */
  factor: number
  /** Days that were compared. */
  common: number
}

/**
 * Collected prices carry a history on: of a symbol that both have, the days after the last of the history are added,
 * at its level; days that both have stay those of the history. A symbol that only the collection has is taken whole.
 * Neither panel is changed; sectors are left to the caller.
 */
export function carryOn(history: Panel, collected: Panel): { panel: Panel; seams: Seam[] } {
  const places = new Map(history.symbols.map((symbol, place) => [symbol, place]))
  const indexOf = new Map(Array.from(history.dates, (day, index) => [day, index]))
  const seams: Seam[] = []
  /** Of each collected symbol, the first index from which its bars count; its length = none. */
  const from = collected.symbols.map((symbol, place) => {
    const own = places.get(symbol)
    if (own === undefined) return 0
    const seam = seamOf(history, own, collected, place, indexOf)
    if (!seam) return collected.dates.length
    seams.push(seam)
    const isAdded = seam.kind === 'same' || seam.kind === 'scaled'
    return isAdded ? collected.dates.indexOf(seam.days[0]) : collected.dates.length
  })
  const days = collected.dates.length
  const isAdded = (index: number) =>
    from.some((start, place) => index >= start && !Number.isNaN(collected.close[place * days + index]))
  const symbols = [
    ...new Set([...history.symbols, ...collected.symbols.filter((_, place) => from[place] < days)]),
  ].sort((a, b) => (a < b ? -1 : 1))
  const dates = Int32Array.from(
    new Set([...history.dates, ...collected.dates.filter((_, index) => isAdded(index))]),
  ).sort()
  const panel = onDates(history, dates, symbols)
  const place = new Map(Array.from(dates, (day, index) => [day, index]))
  collected.symbols.forEach((symbol, s) => {
    const seam = seams.find((one) => one.symbol === symbol)
    const factor = seam?.factor ?? 1
    const row = symbols.indexOf(symbol) * dates.length
    if (seam && from[s] < days) countInSharesAfter(panel, row, seam, collected.rawFactor![s * days + from[s]])
    for (let index = from[s]; index < days; index++) {
      const at = s * days + index
      if (Number.isNaN(collected.close[at])) continue
      const to = row + place.get(collected.dates[index])!
      for (const column of ['open', 'high', 'low', 'close'] as const)
        panel[column][to] = collected[column][at] * factor
      panel.volume[to] = collected.volume[at]
      panel.rawFactor![to] = collected.rawFactor![at] / factor
    }
  })
  return { panel, seams }
}

/** Null where nothing was collected after the history. */
function seamOf(
  history: Panel,
  own: number,
  collected: Panel,
  place: number,
  indexOf: Map<number, number>,
): Seam | null {
  const ownDays = history.dates.length
  const closeOfOwn = (index: number | undefined) =>
    index === undefined ? NaN : history.close[own * ownDays + index]
  let lastIndex = ownDays - 1
  while (lastIndex >= 0 && Number.isNaN(closeOfOwn(lastIndex))) lastIndex--
  const last = lastIndex < 0 ? -Infinity : history.dates[lastIndex]
  const ratios: number[] = []
  const after: number[] = []
  let first = -1
  for (let index = 0; index < collected.dates.length; index++) {
    const at = place * collected.dates.length + index
    const day = collected.dates[index]
    if (Number.isNaN(collected.close[at])) continue
    const ratio = closeOfOwn(indexOf.get(day)) / collected.close[at]
    if (ratio > 0 && Number.isFinite(ratio)) ratios.push(ratio)
    if (day <= last) continue
    if (first < 0) first = at
    after.push(day)
  }
  if (first < 0) return null
  const near = ratios.slice(-compared)
  const seam = { symbol: collected.symbols[place], last, days: after, factor: 1, common: near.length }
  if (near.length === 0) {
    if (after[0] - last > endsEarlyDays) return { ...seam, kind: 'gap' }
    const step = collected.open[first] / closeOfOwn(lastIndex)
    return { ...seam, kind: step < leastStep || step > mostStep ? 'disagrees' : 'same' }
  }
  const factor = middleOf(near.slice(-levelDays))
  const agreeing = near.filter((ratio) => Math.abs(ratio / factor - 1) <= sameWithin).length
  const isTold = near.length >= fewestOfLevel || Math.abs(factor - 1) <= sameWithin
  if (!isTold || agreeing < fewestAgreeing * near.length) return { ...seam, kind: 'disagrees' }
  return Math.abs(factor - 1) < rounding ? { ...seam, kind: 'same' } : { ...seam, kind: 'scaled', factor }
}

function middleOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/** Volume before the seam, in the shares after it. */
function countInSharesAfter(panel: Panel, row: number, { last, factor }: Seam, rawFactor: number): void {
  const lastIndex = panel.dates.indexOf(last)
  const step = panel.rawFactor![row + lastIndex] / (rawFactor / factor)
  if (step <= splitStep && step >= 1 / splitStep) return
  for (let index = 0; index <= lastIndex; index++) panel.volume[row + index] *= step
}
