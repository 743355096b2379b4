/**
 * The check against look-ahead: a decision made at the close of day t must not change when everything after t
 * is cut off or replaced by something else. It catches decisions that use later rows; it cannot catch a file
 * that was filled in afterwards.
 */
import { chainsOfAnotherFuture } from '../quant/chainTables.ts'
import { Random } from '../quant/random.ts'
import { demandOfAnotherFuture } from '../systems/tickets/futures.ts'
import type { Inputs, SignalRows, Signals, System } from '../systems/system.ts'
import type { LookAheadCheck } from './api.ts'
import { firstDays, later, withoutFuture } from './withoutFuture.ts'

/**
 * Decides again on markets without a future, and on markets with another future, after `days` random days.
 * Half of the days are drawn among those with a decision, because that is where a leak shows; the other half
 * among all, because a leak may also silence a decision.
 *
 * @returns failures: the epoch days t, ascending, after which another future changed a decision up to t
 */
export function checkLookAhead<P>(...given: Parameters<typeof lookAheadSteps<P>>): LookAheadCheck {
  const steps = lookAheadSteps(...given)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/**
 * The same check, one tested day per step, for a worker that has to stay open to other requests. Of the days drawn
 * only those from number `from` to number `to` − 1 are tested.
 */
export function* lookAheadSteps<P>(
  system: Pick<System<P>, 'signals'>,
  inputs: Inputs,
  params: P,
  { days, seed, from = 0, to = days }: { days: number; seed: number; from?: number; to?: number },
): Generator<void, LookAheadCheck> {
  const { dates } = inputs.panel
  const decided = system.signals(inputs, params)
  const drawn = testDays(decided, dates.length, days, new Random(seed))
  const tested = drawn.slice(from, to)
  const failures: number[] = []
  for (const day of tested) {
    // Of its own, so that a day is tested against the same futures whatever was tested before it.
    const random = new Random(seed, 1 + day)
    const kept = decisionsUpTo(decided, day)
    const same =
      agree(decided, kept, system.signals(withoutFuture(inputs, day), params), day) &&
      agree(decided, kept, system.signals(withOtherFuture(inputs, day, random), params), day)
    if (!same) failures.push(dates[day])
    yield
  }
  return { days: tested.length, failures }
}

/** Distinct days, ascending, each with at least one day after it. */
function testDays(decided: Signals, days: number, wanted: number, random: Random): number[] {
  const last = days - 2
  const speaking = random.shuffle(Array.from(new Set(decided.day)).filter((day) => day <= last))
  const chosen = new Set(speaking.slice(0, Math.ceil(wanted / 2)))
  const others = random.shuffle(Array.from({ length: Math.max(0, last + 1) }, (_, day) => day))
  for (const day of others) {
    if (chosen.size >= wanted) break
    chosen.add(day)
  }
  return Array.from(chosen).sort((a, b) => a - b)
}

/** Number of leading rows decided on or before the day; rows are ordered by day. */
function decisionsUpTo(signals: Signals, day: number): number {
  let low = 0
  let high = signals.day.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (signals.day[middle] <= day) low = middle + 1
    else high = middle
  }
  return low
}

function agree(decided: Signals, kept: number, again: Signals, day: number): boolean {
  if (decisionsUpTo(again, day) !== kept) return false
  const columns = new Set([...Object.keys(decided), ...Object.keys(again)]) as Set<keyof Signals>
  for (const name of columns) {
    const before = decided[name]
    const after = again[name]
    if (!before || !after) return false
    for (let i = 0; i < kept; i++) if (!Object.is(before[i], after[i])) return false
  }
  return true
}

/** Bars of another future: enough to reach into any window, few enough to be cheap. */
const otherFutureDays = 60

/**
 * The same past; behind it some days of bars taken from anywhere later, each at a price drawn anew, so that
 * levels, ranges, volumes and the days without trade are all different.
 */
function withOtherFuture(inputs: Inputs, day: number, random: Random): Inputs {
  const { panel, signals } = inputs
  const days = panel.dates.length
  const kept = Math.min(days, day + 1 + otherFutureDays)
  const other = firstDays(panel, kept)
  for (let s = 0; s < panel.symbols.length; s++) {
    for (let d = day + 1; d < kept; d++) {
      const from = s * days + day + 1 + random.below(days - day - 1)
      const to = s * kept + d
      // From a third to three times the price.
      const scale = 3 ** (2 * random.uniform() - 1)
      other.open[to] = panel.open[from] * scale
      other.high[to] = panel.high[from] * scale
      other.low[to] = panel.low[from] * scale
      other.close[to] = panel.close[from] * scale
      other.volume[to] = panel.volume[from] * 3 ** (2 * random.uniform() - 1)
      if (panel.rawFactor && other.rawFactor) other.rawFactor[to] = panel.rawFactor[from] * scale
    }
  }
  const today = panel.dates[day]
  const yesterday = panel.dates[day + 1] - 1
  // Drawn now, so that they do not hang on what is read first.
  const [ofChains, ofFlights, ofDemand] = [0, 0, 0].map(() => random.below(2 ** 31))
  const { chains } = panel
  if (chains) {
    later(other, 'chains', () => {
      const drawn = new Random(ofChains)
      return chainsOfAnotherFuture(chains, today, () => 3 ** (2 * drawn.uniform() - 1))
    })
  }
  const known: Inputs = { ...inputs, panel: other }
  if (signals) known.signals = withOtherRows(signals, panel.dates[day + 1], random)
  const replay = inputs.jet?.replay
  if (replay) later(known, 'jet', () => ({ candidates: replay(yesterday, { seed: ofFlights }) }))
  const { demand } = inputs
  if (demand) later(known, 'demand', () => demandOfAnotherFuture(demand, yesterday, ofDemand))
  return known
}

/** The rows from the day on say something else. */
function withOtherRows(rows: SignalRows, epochDay: number, random: Random): SignalRows {
  const later = (row: number) => rows.date[row] >= epochDay
  return {
    ...rows,
    direction: rows.direction.map((value, row) => (later(row) ? random.below(3) - 1 : value)),
    conviction: rows.conviction.map((value, row) => (later(row) ? random.uniform() : value)),
  }
}
