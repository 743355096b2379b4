import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DatasetSummary, PanelMessage } from '../../../workers/data/api.ts'
import { inconsistentDays, zeroVolumeDays } from '../../../workers/data/quality/badPrices.ts'
import type { Bars } from '../../../workers/data/quality/bars.ts'
import { jumps } from '../../../workers/data/quality/jumps.ts'
import { loadBars } from '../../../workers/data/quality/loadBars.ts'
import { missingDays, PeerDays } from '../../../workers/data/quality/missingDays.ts'
import { lastAdjustedDay } from '../../../workers/data/quality/mixedAdjustment.ts'
import { repeatedDates, settleRepeated } from '../../../workers/data/quality/repeatedDates.ts'
import { epochDay, isoOf } from '../../../workers/data/read/dates.ts'
import { describeShared, hasShared, sharedJson, sharedPath } from '../shared.ts'
import { fileAt, importAll, openService, valueOf, type OpenedService } from './openService.ts'

interface Split {
  date: string
  close_ratio: number
  open_ratio: number
  factor?: number
}
interface Facts {
  rows_clean: number
  bad_lines: number
  repeated_rows: number
  first_date: string
  last_date: string
  first_close: number
  last_close: number
  of_which_null_rows?: number
  of_which_json_lines?: number
  data_rows?: number
  dates_with_conflicting_rows?: number
  dates_with_conflicting_prices?: number
  missing_sessions?: number
  first_missing?: string[]
  holes_over_5_days_since_2015?: { from: string; to: string; calendar_days: number }[]
  holes_over_7_days?: { from: string; to: string; calendar_days: number }[]
  ohlc_inconsistent_dates?: string[]
  zero_volume_rows?: number
  last_date_adj_close_differs_from_close?: string | null
  split_must_flag: Split[]
  split_must_not_flag?: Split[]
  largest_abs_log_return?: { date: string; value: number }
  adjusted_vs_benchmark?: { days: number; max_abs_diff: number; worst_date: string; 'days_over_1e-4': number }
  close_20180830?: { raw: number; benchmark_adjusted: number }
}

const expectations = hasShared ? sharedJson<Record<string, Facts>>('realdata', 'expectations.json') : {}
const files = Object.keys(expectations).filter(
  (path) => path.startsWith('prices/') && !/_(factors|map)\.csv$/.test(path),
)
const since2015 = epochDay(2015, 1, 2)

describeShared('real price files', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  it.each(files)('%s imports with what is known about it', async (path) => {
    const facts = expectations[path]
    const { service, database } = opened
    const report = await importAll(service, [await fileAt(sharedPath('realdata', path))])
    expect(report.failed).toEqual([])
    const [dataset] = report.datasets

    expect(dataset.refused).toBe(facts.bad_lines)
    expect(dataset.repeated).toBe(facts.repeated_rows)
    expect(dataset.rows - dataset.repeated).toBe(facts.rows_clean)
    if (facts.data_rows !== undefined) expect(dataset.rows).toBe(facts.data_rows)
    const refused = valueOf(await service.refused(dataset.id, Infinity))
    const json = refused.filter((row) => row.reason.includes('JSON')).length
    const nulls = refused.filter((row) => row.value === 'null').length
    if (facts.of_which_json_lines !== undefined) expect(json).toBe(facts.of_which_json_lines)
    if (facts.of_which_null_rows !== undefined) expect(nulls).toBe(facts.of_which_null_rows)

    const [all] = await loadBars(database, dataset.id)
    const bars = settleRepeated(all, 'last')
    expect([bars.day.length, isoOf(bars.day[0]), isoOf(bars.day.at(-1)!)]).toEqual([
      facts.rows_clean,
      facts.first_date,
      facts.last_date,
    ])
    expect([bars.close[0], bars.close.at(-1)]).toEqual([facts.first_close, facts.last_close])

    const repeated = repeatedDates(all)
    if (facts.dates_with_conflicting_rows !== undefined) {
      expect(repeated.differing).toBe(facts.dates_with_conflicting_rows)
      expect(repeated.differingPrices).toBe(facts.dates_with_conflicting_prices)
    }
    if (facts.ohlc_inconsistent_dates) {
      expect(inconsistentDays(bars).map(isoOf)).toEqual(facts.ohlc_inconsistent_dates)
    }
    if (facts.zero_volume_rows !== undefined)
      expect(zeroVolumeDays(bars)).toHaveLength(facts.zero_volume_rows)
    if (facts.missing_sessions !== undefined) {
      const missing = missingDays(bars.day, new PeerDays([]))!.days.filter((day) => day >= since2015)
      expect(missing).toHaveLength(facts.missing_sessions)
      expect(missing.slice(0, 3).map(isoOf)).toEqual(facts.first_missing)
    }
    if (facts.holes_over_5_days_since_2015) {
      expect(holes(bars, 5).filter((hole) => hole.from >= '2015')).toEqual(facts.holes_over_5_days_since_2015)
    }
    if (facts.holes_over_7_days) expect(holes(bars, 7)).toEqual(facts.holes_over_7_days)
    if (facts.last_date_adj_close_differs_from_close !== undefined) {
      const last = lastAdjustedDay(bars)
      expect(last === null ? null : isoOf(last)).toBe(facts.last_date_adj_close_differs_from_close)
    }
    if (facts.largest_abs_log_return) {
      const { date, value } = facts.largest_abs_log_return
      const moves = [...bars.close].map((close, i) =>
        i === 0 ? 0 : Math.abs(Math.log(close / bars.close[i - 1])),
      )
      const largest = moves.indexOf(Math.max(...moves))
      expect(isoOf(bars.day[largest])).toBe(date)
      expect(moves[largest]).toBeCloseTo(value, 6)
    }
  })

  it.each(files)('%s: splits are told from true moves', async (path) => {
    const facts = expectations[path]
    const report = await importAll(opened.service, [await fileAt(sharedPath('realdata', path))])
    const [dataset] = report.datasets
    const findings = valueOf(await opened.service.quality([dataset.id]))
    const splits = findings.filter((finding) => finding.kind === 'split')
    expect(splits.map(({ days, repair }) => [isoOf(days[0]), repair?.factor])).toEqual(
      facts.split_must_flag.map(({ date, factor }) => [date, factor]),
    )
    const [all] = await loadBars(opened.database, dataset.id)
    const raw: Bars = { ...settleRepeated(all, 'last'), factor: new Float64Array(all.day.length).fill(1) }
    const found = new Map(jumps(raw).map((jump) => [isoOf(jump.day), jump]))
    for (const { date, close_ratio, open_ratio } of facts.split_must_flag) {
      expect(found.get(date)!.closeRatio).toBeCloseTo(close_ratio, 3)
      expect(found.get(date)!.openRatio).toBeCloseTo(open_ratio, 3)
    }
    const real = findings.filter(({ kind }) => kind === 'jump').flatMap(({ days }) => days.map(isoOf))
    for (const { date } of facts.split_must_not_flag ?? []) expect(real).toContain(date)
  })

  it.each(['aapl', 'qqq'])(
    'LEAN bars of %s times their factors are the adjusted prices of Yahoo',
    async (ticker) => {
      const { service } = opened
      const lean = sharedPath('realdata', 'prices', 'lean')
      const symbol = ticker.toUpperCase()
      const both = await importAll(service, [
        await fileAt(`${lean}/${ticker}_factors.csv`),
        await fileAt(`${lean}/${ticker}_daily.csv`),
      ])
      expect(both.failed).toEqual([])
      expect(both.applied).toHaveLength(1)
      const [adjusted] = both.datasets
      expect(valueOf(await service.quality([adjusted.id])).filter(({ kind }) => kind === 'split')).toEqual([])

      const benchmark = await importAll(service, [
        await fileAt(sharedPath('realdata', 'prices', 'benchmark', `${symbol}.csv`)),
      ])
      const ours = await closes(opened, adjusted)
      const theirs = await closes(opened, benchmark.datasets[0])
      const facts = expectations[`prices/lean/${ticker}_daily.csv`]
      const day = epochDay(2018, 8, 30)
      expect(theirs.get(day)).toBeCloseTo(facts.close_20180830!.benchmark_adjusted, 3)

      const days = [...theirs.keys()].filter((d) => ours.has(d)).sort((a, b) => a - b)
      const differences = days.slice(1).map((d, i) => {
        const own = Math.log(ours.get(d)! / ours.get(days[i])!)
        return Math.abs(own - Math.log(theirs.get(d)! / theirs.get(days[i])!))
      })
      const { max_abs_diff, worst_date, days: count, 'days_over_1e-4': over } = facts.adjusted_vs_benchmark!
      const worst = Math.max(...differences)
      expect(differences).toHaveLength(count)
      expect(worst).toBeCloseTo(max_abs_diff, 6)
      expect(isoOf(days[differences.indexOf(worst) + 1])).toBe(worst_date)
      expect(differences.filter((difference) => difference > 1e-4)).toHaveLength(over)
    },
  )

  it('a LEAN map file is told apart and named', async () => {
    const [plan] = valueOf(
      await opened.service.inspect(
        [await fileAt(sharedPath('realdata', 'prices', 'lean', 'qqq_map.csv'))],
        'prices',
      ),
    )
    expect(plan.problems[0]).toContain('changes of the ticker')
  })
})

function holes(bars: Bars, longerThan: number) {
  const found: { from: string; to: string; calendar_days: number }[] = []
  for (let i = 1; i < bars.day.length; i++) {
    const gap = bars.day[i] - bars.day[i - 1]
    if (gap > longerThan)
      found.push({ from: isoOf(bars.day[i - 1]), to: isoOf(bars.day[i]), calendar_days: gap })
  }
  return found
}

/** Adjusted closes by day, read off the panel that the backtest worker would get. */
async function closes({ service }: OpenedService, dataset: DatasetSummary): Promise<Map<number, number>> {
  const { port1, port2 } = new MessageChannel()
  const arrived = new Promise<PanelMessage>((resolve) => {
    port2.onmessage = (event: MessageEvent<PanelMessage>) => {
      resolve(event.data)
    }
  })
  service.connect(port1)
  valueOf(await service.buildPanel({ datasets: [dataset.id], signals: null, flights: false }))
  const { panel } = await arrived
  port2.close()
  return new Map([...panel.dates].map((day, i) => [day, panel.close[i]]))
}
