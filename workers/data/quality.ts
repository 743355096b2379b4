import type { QualityFinding } from './api.ts'
import { inconsistentDays, nonPositiveDays, staleRuns, zeroVolumeDays } from './quality/badPrices.ts'
import { pick, type Bars } from './quality/bars.ts'
import { jumps, type Jump } from './quality/jumps.ts'
import { missingDays, PeerDays } from './quality/missingDays.ts'
import { mixedAdjustment } from './quality/mixedAdjustment.ts'
import { repeatedDates, settleRepeated } from './quality/repeatedDates.ts'
import { isoOf } from './read/dates.ts'
import { findingId, type RepairSwitches, type SymbolRepairs } from './repairs.ts'

const mostDaysListed = 200
/** A symbol that ends this many days before the others is taken to have stopped trading. */
export const endsEarlyDays = 10

export interface SymbolQuality {
  findings: QualityFinding[]
  repairs: SymbolRepairs
  /** Epoch days left after the repairs. */
  day: Int32Array
}

/** Checks one symbol on its own. What was done follows the switches; every repair can be undone. */
export function symbolQuality(datasetId: string, all: Bars, switches: RepairSwitches): SymbolQuality {
  const { symbol } = all
  const findings: QualityFinding[] = []
  const id = (kind: string, day?: number) => findingId(datasetId, symbol, kind, day)
  const on = (kind: string, day?: number) => switches.isActive(id(kind, day))
  const add = (
    kind: QualityFinding['kind'],
    severity: QualityFinding['severity'],
    days: number[],
    text: string,
    done = '',
    repair: QualityFinding['repair'] = null,
    count = days.length,
  ) => {
    const day = kind === 'split' ? days[0] : undefined
    findings.push({
      id: id(kind, day),
      kind,
      severity,
      symbol,
      days: days.slice(0, mostDaysListed),
      count,
      text,
      done,
      repair,
    })
  }

  const dropNonPositive = on('null-price')
  const bad = nonPositiveDays(all)
  if (bad.length > 0) {
    const text = `${symbol}: ${plural(bad.length, 'row')} with a price that is zero or negative (${listed(bad)}).`
    const done = dropNonPositive ? 'These rows are left out.' : 'Kept as they are.'
    add('null-price', 'warn', bad, text, done, { kind: 'null-price', active: dropNonPositive })
  }
  const positive = dropNonPositive && bad.length > 0 ? withoutNonPositive(all) : all

  const keep = on('repeated-date') ? 'last' : 'first'
  const repeated = repeatedDates(all)
  if (repeated.days.length > 0) {
    const text =
      `${symbol}: ${plural(repeated.days.length, 'date')} given more than once (${listed(repeated.days)}); ` +
      `${repeated.differing} of them with different numbers, ${repeated.differingPrices} with different prices.`
    const done =
      keep === 'last' ? 'The last row of each date is used.' : 'The first row of each date is used.'
    const repair = { kind: 'repeated-date' as const, active: keep === 'last' }
    add('repeated-date', 'warn', repeated.days, text, done, repair, repeated.rows)
  }
  const bars = settleRepeated(positive, keep)

  const widenHighLow = on('high-low')
  const inconsistent = inconsistentDays(bars)
  if (inconsistent.length > 0) {
    const text = `${symbol}: on ${plural(inconsistent.length, 'day')} open or close lies outside low and high (${listed(inconsistent)}).`
    const done = widenHighLow ? 'Low and high are widened to hold open and close.' : 'Kept as they are.'
    add('high-low', 'warn', inconsistent, text, done, { kind: 'high-low', active: widenHighLow })
  }

  const splits: SymbolRepairs['splits'] = []
  const others: Jump[] = []
  for (const jump of jumps(bars)) {
    if (jump.factor === null) {
      others.push(jump)
      continue
    }
    const { day, factor } = jump
    const active = on('split', day)
    if (active) splits.push({ day, factor })
    const text =
      `${symbol}: the price opens at × ${jump.openRatio.toFixed(4)} of the close before on ${isoOf(day)}, and the ` +
      `volume fits a split of ${ratioText(factor)} that the file does not adjust for.`
    const done = active
      ? `Prices before that day are ${factor > 1 ? 'divided' : 'multiplied'} by ${numberText(factor > 1 ? factor : 1 / factor)}.`
      : 'Not adjusted: the jump counts as a loss or a gain.'
    add('split', 'warn', [day], text, done, { kind: 'split', active, factor })
  }
  if (others.length > 0) {
    const examples = others
      .slice(0, 4)
      .map((j) => `${isoOf(j.day)} × ${j.closeRatio.toFixed(3)}: ${j.reason}`)
    const more = others.length > 4 ? `; and ${others.length - 4} more` : ''
    const days = others.map((jump) => jump.day)
    const text = `${symbol}: ${plural(others.length, 'large move')} taken for real, not for a split (${examples.join('; ')}${more}).`
    add('jump', 'info', days, text)
  }

  const stale = staleRuns(bars)
  if (stale.length > 0) {
    const longest = stale.reduce((a, b) => (b.bars > a.bars ? b : a))
    const text =
      `${symbol}: prices stand still for ${longest.bars} bars from ${isoOf(longest.from)} to ${isoOf(longest.to)}` +
      `${stale.length > 1 ? `, and in ${stale.length - 1} more stretches` : ''}; orders there may not be fillable.`
    add(
      'stale',
      'warn',
      stale.map((run) => run.from),
      text,
    )
  }

  const silent = zeroVolumeDays(bars)
  if (silent.length > 0) {
    add(
      'zero-volume',
      'info',
      silent,
      `${symbol}: ${plural(silent.length, 'day')} without volume (${listed(silent)}).`,
    )
  }

  const mixed = mixedAdjustment(bars)
  if (mixed) {
    const text =
      `${symbol}: the adjusted close differs from the close until ${isoOf(mixed.lastAdjusted)} and never in the ` +
      `${mixed.tail} days after, although it stepped every ${Math.round(mixed.interval)} days before. Either the ` +
      'dividends stopped or the end of the file was appended without adjusting the rest: returns across that day ' +
      'may mix two bases.'
    add('mixed-adjustment', 'warn', [mixed.lastAdjusted], text)
  }
  // A copy, so that the prices themselves need not be kept for it.
  const day = bars.day.slice()
  return { findings, repairs: { symbol, keep, dropNonPositive, widenHighLow, splits }, day }
}

/** The days of one symbol of one dataset. */
export interface SymbolDays {
  datasetId: string
  symbol: string
  day: Int32Array
}

/** Checks that need the other symbols: missing trading days, symbols that end early. */
export function crossSymbolFindings(all: SymbolDays[]): QualityFinding[] {
  const findings: QualityFinding[] = []
  const last = all.reduce((latest, { day }) => Math.max(latest, day[day.length - 1] ?? latest), -Infinity)
  const peers = new PeerDays(all.map(({ day }) => day))
  for (const { datasetId, symbol, day } of all) {
    if (day.length === 0) continue
    const missing = missingDays(day, peers)
    if (missing && missing.days.length > 0) {
      const { from, to } = missing.longest
      findings.push({
        id: findingId(datasetId, symbol, 'missing-days'),
        kind: 'missing-days',
        severity: 'warn',
        symbol,
        days: missing.days.slice(0, mostDaysListed),
        count: missing.days.length,
        text:
          `${symbol}: ${plural(missing.days.length, 'trading day')} missing by ${missing.calendar} ` +
          `(${listed(missing.days)}); the longest hole lies between ${isoOf(from)} and ${isoOf(to)}.`,
        done: 'No order fills on these days.',
        repair: null,
      })
    }
    const end = day[day.length - 1]
    if (last - end > endsEarlyDays) {
      findings.push({
        id: findingId(datasetId, symbol, 'ends-early'),
        kind: 'ends-early',
        severity: 'info',
        symbol,
        days: [end],
        count: 1,
        text: `${symbol}: prices end on ${isoOf(end)}, ${last - end} days before the others.`,
        done: 'Positions still open then close at the last price, and are marked as delisted.',
        repair: null,
      })
    }
  }
  return findings
}

function withoutNonPositive(bars: Bars): Bars {
  const { open, high, low, close } = bars
  const kept: number[] = []
  for (let i = 0; i < bars.day.length; i++) {
    if (open[i] > 0 && high[i] > 0 && low[i] > 0 && close[i] > 0) kept.push(i)
  }
  return pick(bars, kept)
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}

function listed(days: number[]): string {
  const first = days.slice(0, 3).map(isoOf).join(', ')
  return days.length > 3 ? `${first}, …` : first
}

function ratioText(factor: number): string {
  const fractions: [number, string][] = [
    [1.5, '3:2'],
    [2.5, '5:2'],
  ]
  const larger = factor > 1 ? factor : 1 / factor
  const text = fractions.find(([value]) => Math.abs(value - larger) < 1e-9)?.[1] ?? `${Math.round(larger)}:1`
  return factor > 1 ? text : text.split(':').reverse().join(':')
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6)))
}
