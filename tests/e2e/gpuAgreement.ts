/**
 * Random combinations on the GPU against the same ones in the one simulation core. Runs in a page (and, where there is
 * a WebGPU for it, in Node).
 */
import { Charger } from '../../workers/backtest/resampling/charger.ts'
import { Maxima } from '../../workers/backtest/resampling/maxima.ts'
import { resamplerOf } from '../../workers/backtest/calendarDraws.ts'
import { chargeTablesOf } from '../../workers/backtest/gpu/chargeTables.ts'
import { GpuSweep } from '../../workers/backtest/gpu/gpuSweep.ts'
import type { SweepColumns } from '../../workers/backtest/gpu/gpuSweep.ts'
import { ruleSweepOf } from '../../workers/backtest/gpu/ruleSweep.ts'
import type { Rule, RuleSweep } from '../../workers/backtest/gpu/ruleSweep.ts'
import { ruleTablesOf } from '../../workers/backtest/gpu/ruleTables.ts'
import type { RunRequest } from '../../workers/backtest/api.ts'
import type { Ledger } from '../../workers/backtest/ledger.ts'
import { sweepMetrics } from '../../workers/backtest/sweep/contract.ts'
import type { Axis, SweepMetric } from '../../workers/backtest/sweep/contract.ts'
import { Evaluator } from '../../workers/backtest/sweep/evaluator.ts'
import type { Panel } from '../../workers/quant/panel.ts'
import { Random } from '../../workers/quant/random.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import { systemOf } from '../../workers/systems/registry.ts'
import type { Params, ParamValue } from '../../workers/systems/system.ts'

/** How far apart the figures of the same trades may be. */
export const tolerance: Record<SweepMetric, number> = {
  totalReturn: 5e-6,
  sharpe: 2e-4,
  maxDrawdown: 5e-6,
  alpha: 1e-5,
  trades: 0,
  winRate: 1e-6,
}

/**
 * A threshold moved by this part of itself is the same in float32: its unit is 1.2 parts in 10⁷, and the price of a
 * fill or a level has three roundings behind it. Equal amounts may lie 4 parts in 10⁷ apart there.
 */
const float32Rounding = 8e-7

export interface Agreement {
  rule: Rule
  adapter: string
  combinations: number
  /** With other trades, or figures out of tolerance (a share more or less) after the same trades. */
  otherTrades: number
  otherShares: number
  /** Of these, reproduced by the core when thresholds move by no more than float32 rounding. */
  thresholdCases: number
  /** Of the rest, those that agree once shares are not rounded to whole ones: several were rounded differently. */
  roundedShares: number
  /** Largest distance of a figure, over the combinations that agree. */
  worst: Record<SweepMetric, number>
  trades: number
  stops: number
  targets: number
}

/** Index and values of one combination. */
type Combination = (index: number) => Params

interface Case {
  request: RunRequest
  axes: Axis[]
  sweep: RuleSweep
  picks: Uint32Array<ArrayBuffer>
  count: number
  paramsOf: Combination
}

/** Random axes with everything that the kernel knows, and random combinations of them. */
export function randomCase(panel: Panel, rule: Rule, count: number, seed: number): Case {
  const random = new Random(seed)
  const numbers = (from: number, to: number, howMany = 24): ParamValue[] =>
    Array.from({ length: howMany }, () => from + (to - from) * random.uniform())
  const days = (from: number, to: number): ParamValue[] => [
    ...new Set(Array.from({ length: 24 }, () => from + random.below(to - from + 1))),
  ]
  const ofRule: Record<Rule, Record<string, ParamValue[]>> = {
    averages: { averageFast: days(2, 60), averageSlow: days(61, 300) },
    rsi: {
      rsiDays: days(2, 30),
      rsiLow: [25, 30, 40, 50, ...numbers(20, 60, 8)],
      rsiHigh: [60, 70, 80, ...numbers(61, 90, 8)],
      volumeDays: days(5, 60),
      rsiVolumeRatio: [0, 0.8, 1, 1.2, ...numbers(0.5, 1.5, 4)],
    },
    bollinger: { bollingerDays: days(5, 60), bollingerWidth: [1, 1.5, 2, ...numbers(0.5, 3, 20)] },
  }
  const values: Record<string, ParamValue[]> = {
    ...ofRule[rule],
    stop: [0, 0.01, 0.02, ...numbers(0.005, 0.2)],
    target: [0, 0.01, 0.02, ...numbers(0.005, 0.3)],
    maxBars: [0, 1, 2, ...days(3, 60)],
    commissionBps: [0, 1, ...numbers(0, 20, 6)],
    slippageBps: [0, 5, ...numbers(0, 30, 6)],
    sizeAtFullConviction: [0.15, 1, ...numbers(0.05, 1.5, 10)],
    maxPosition: [0.2, 1, ...numbers(0.05, 1, 10)],
    gross: [1, 0.5],
    net: [0, 0.3],
    minimumTrade: [0, 1000, 5000],
    wholeShares: [true, false],
    cashRate: [0, 0.02, 0.045],
    ambiguousBar: ['pessimistic', 'optimistic', 'nearest-open'],
    capital: [10_000, 100_000, 1_000_000],
  }
  const axes = Object.entries(values).map(([param, all]) => ({ param, values: all }))
  const params: Params = {
    ...defaultParams(
      systemInfos.find(({ id }) => id === 'options')!,
      'recommended',
    ),
    ...{ rsiOn: false, averagesOn: false, volumeOn: false },
    ...{ macdOn: false, bollingerOn: false, momentumOn: false },
    trimAbove: 0,
    [`${rule}On`]: true,
  }
  const request: RunRequest = {
    system: 'options',
    params,
    from: panel.dates[40],
    to: null,
    outOfSampleFrom: panel.dates[Math.floor(0.6 * panel.dates.length)],
    benchmark: 'QQQ',
    seed: 1,
  }
  const sweep = ruleSweepOf(panel, request, axes)
  if (typeof sweep === 'string') throw new Error(sweep)
  const picks = new Uint32Array(axes.length * count)
  axes.forEach((axis, a) => {
    for (let i = 0; i < count; i++) picks[a * count + i] = random.below(axis.values.length)
  })
  const paramsOf = (i: number): Params => ({
    ...params,
    ...Object.fromEntries(axes.map((axis, a) => [axis.param, axis.values[picks[a * count + i]]])),
  })
  return { request, axes, sweep, picks, count, paramsOf }
}

/** The same combinations, none of them in whole shares. */
function withFractions({ axes, picks, count }: Case): Uint32Array<ArrayBuffer> {
  const axis = axes.findIndex(({ param }) => param === 'wholeShares')
  return picks.slice().fill(axes[axis].values.indexOf(false), axis * count, (axis + 1) * count)
}

/** Opens the GPU for a case; charged on the calendar of the panel where asked. */
export async function openGpu(
  panel: Panel,
  { sweep }: Case,
  charged: boolean,
  gpu?: GPU,
): Promise<{ gpuSweep: GpuSweep; days: number }> {
  const tables = ruleTablesOf(panel, sweep)
  const { first } = sweep.scope.range
  const charge = charged ? chargeTablesOf(tables, resamplerOf(calendar(panel)), first + 1) : null
  const opened = await GpuSweep.open(tables, charge, gpu)
  if (typeof opened === 'string') throw new Error(opened)
  return { gpuSweep: opened, days: tables.days }
}

const calendar = (panel: Panel) => ({ days: panel.dates.length, meanBlock: 4 })

/** As the kernel hashes them. */
function hashOf({ length, entryDay, exitDay, exit }: Ledger, first: number): number {
  let hash = 2_166_136_261
  const mix = (value: number) => (hash = Math.imul(hash ^ value, 16_777_619) >>> 0)
  for (let i = 0; i < length; i++) {
    mix(entryDay[i] - first)
    mix(exitDay[i] - first)
    mix(exit[i])
  }
  return hash
}

/** The core, set up for a case. */
function coreOf(panel: Panel, { sweep }: Case): Evaluator {
  const evaluator = new Evaluator(
    systemOf('options'),
    { panel, tradable: sweep.scope.tradable },
    sweep.scope.benchmark,
  )
  evaluator.measure({ range: sweep.scope.range, split: sweep.scope.split })
  return evaluator
}

/** A part in which the account only earned interest has no Sharpe ratio but that of its rounding. */
function neverVaries(core: Evaluator, part: number, split: number): boolean {
  const returns = core.returns.subarray(
    part === 0 ? 0 : split - 1,
    part === 0 ? split - 1 : core.observations,
  )
  return returns.every((value) => Math.abs(value - returns[0]) < 1e-12)
}

/** Distances of the figures of combination i, by part and metric; ∞ where one has a number and the other none. */
function distances(
  core: Evaluator,
  columns: SweepColumns,
  i: number,
  split: number,
): [SweepMetric, number][] {
  return columns.parts.flatMap((metrics, part) =>
    sweepMetrics.map((metric, m): [SweepMetric, number] => {
      const own = metrics[metric][i]
      const wanted = core.metrics[part * sweepMetrics.length + m]
      if (metric === 'sharpe' && Number.isNaN(own) && neverVaries(core, part, split)) return [metric, 0]
      if (Number.isNaN(own) && Number.isNaN(wanted)) return [metric, 0]
      const distance = Math.abs(own - wanted)
      return [metric, Number.isNaN(distance) ? Infinity : distance]
    }),
  )
}

/** Whether the core finds what the GPU found once its thresholds move by no more than float32 rounds them. */
function isThresholdCase(core: Evaluator, params: Params, agrees: () => boolean): boolean {
  const moved = (name: string, by: number) => Number(params[name]) * (1 + by)
  const isFound = (size: number, stop: number, target: number, cost: number) => {
    core.run({
      ...params,
      // Levels and costs move by a part of the price, amounts by a part of themselves.
      stop: params.stop === 0 ? 0 : Number(params.stop) + stop,
      target: params.target === 0 ? 0 : Number(params.target) + target,
      commissionBps: Number(params.commissionBps) + 10_000 * cost,
      sizeAtFullConviction: moved('sizeAtFullConviction', size),
      maxPosition: moved('maxPosition', size),
      gross: moved('gross', size),
      net: moved('net', size),
    })
    return agrees()
  }
  const steps = [0, 1, -1, 0.5, -0.5, 0.25, -0.25, 0.125, -0.125].map((part) => part * float32Rounding)
  for (const a of steps) {
    // Whether a trade has won is a threshold too.
    if (isFound(0, 0, 0, a) || isFound(0, 0, 0, a / 8)) return true
    for (const b of steps) for (const c of steps) if (isFound(a, b, c, 0)) return true
  }
  return false
}

export async function agreementOn(
  panel: Panel,
  rule: Rule,
  count: number,
  seed: number,
  gpu?: GPU,
): Promise<Agreement> {
  const tried = randomCase(panel, rule, count, seed)
  const { gpuSweep } = await openGpu(panel, tried, false, gpu)
  const columns = await gpuSweep.run(tried.picks, count)
  const fractional = await gpuSweep.run(withFractions(tried), count)
  const { adapter } = gpuSweep
  gpuSweep.destroy()

  const core = coreOf(panel, tried)
  const { first } = tried.sweep.scope.range
  const { split } = tried.sweep.scope
  const agreesWith = (results: SweepColumns, i: number) => () =>
    hashOf(core.simulator.book.ledger, first) === results.tradesHash[i] &&
    distances(core, results, i, split).every(([metric, away]) => away <= tolerance[metric])
  const found: Agreement = {
    ...{ rule, adapter, combinations: count, otherTrades: 0, otherShares: 0 },
    ...{ thresholdCases: 0, roundedShares: 0, trades: 0, stops: 0, targets: 0 },
    worst: { sharpe: 0, totalReturn: 0, maxDrawdown: 0, alpha: 0, trades: 0, winRate: 0 },
  }
  for (let i = 0; i < count; i++) {
    const agrees = agreesWith(columns, i)
    core.run(tried.paramsOf(i))
    const { ledger } = core.simulator.book
    found.trades += ledger.length
    for (let k = 0; k < ledger.length; k++) {
      if (ledger.exit[k] < 2) found.stops++
      else if (ledger.exit[k] < 4) found.targets++
    }
    if (agrees()) {
      for (const [metric, away] of distances(core, columns, i, split)) {
        found.worst[metric] = Math.max(found.worst[metric], away)
      }
      continue
    }
    if (hashOf(ledger, first) === columns.tradesHash[i]) found.otherShares++
    else found.otherTrades++
    const params = tried.paramsOf(i)
    if (isThresholdCase(core, params, agrees)) {
      found.thresholdCases++
    } else if (params.wholeShares) {
      core.run({ ...params, wholeShares: false })
      if (agreesWith(fractional, i)()) found.roundedShares++
    }
  }
  return found
}

export interface ChargeAgreement {
  rule: Rule
  combinations: number
  /** Without a t-value on either side; and on one side only. */
  unmoved: number
  differ: number
  /** Largest distance of a t-value, and of a Sharpe ratio per day of the whole run. */
  worstT: number
  worstSharpe: number
  /** Codes of the maxima of the GPU less those of the CPU: all are 0 or 1 where it charges no less. */
  studentised: { fewest: number; most: number; same: number }
  plain: { fewest: number; most: number; same: number }
}

/** Combinations that trade alike are charged alike: whole shares, of which there may be one more or less, are off. */
export async function chargesOn(
  panel: Panel,
  rule: Rule,
  count: number,
  seed: number,
  gpu?: GPU,
): Promise<ChargeAgreement> {
  const tried = randomCase(panel, rule, count, seed)
  const { gpuSweep } = await openGpu(panel, tried, true, gpu)
  const columns = await gpuSweep.run(withFractions(tried), count)
  const charged = await gpuSweep.trialMaxima()
  gpuSweep.destroy()

  const core = coreOf(panel, tried)
  const charger = new Charger(resamplerOf(calendar(panel)))
  const maxima = new Maxima()
  const excess = new Float64Array(panel.dates.length)
  const firstDay = tried.sweep.scope.range.first + 1
  const found = { rule, combinations: count, unmoved: 0, differ: 0, worstT: 0, worstSharpe: 0 }
  for (let i = 0; i < count; i++) {
    core.run({ ...tried.paramsOf(i), wholeShares: false })
    core.excessInto(excess)
    const lane = charger.put(firstDay, excess, core.observations)
    charger.run(maxima)
    const [own, wanted] = [columns.t[i], charger.t[lane]]
    if (Number.isNaN(own) && Number.isNaN(wanted)) found.unmoved++
    else if (Number.isNaN(own - wanted)) found.differ++
    else {
      found.worstT = Math.max(found.worstT, Math.abs(own - wanted))
      found.worstSharpe = Math.max(found.worstSharpe, Math.abs(columns.sharpe[i] - core.sharpe))
    }
  }
  return {
    ...found,
    studentised: spread(charged.studentised, maxima.studentised),
    plain: spread(charged.plain, maxima.plain),
  }
}

function spread(own: Int16Array, wanted: Int16Array): { fewest: number; most: number; same: number } {
  const away = Array.from(own, (code, b) => code - wanted[b])
  return {
    fewest: Math.min(...away),
    most: Math.max(...away),
    same: away.filter((step) => step === 0).length,
  }
}

/** A panel whose columns crossed as plain arrays. */
export function panelFrom(plain: [keyof Panel, number[]][]): Panel {
  const columns = plain.map(([key, values]) => {
    if (key === 'symbols') return [key, values]
    return [key, key === 'dates' || key === 'sector' ? Int32Array.from(values) : Float64Array.from(values)]
  })
  return Object.fromEntries(columns) as Panel
}

/** Measures, then runs two batches at once and again one after the other. */
export async function measuredOn(
  panel: Panel,
  gpu?: GPU,
): Promise<{ rate: number; charged: number; sameTogether: boolean }> {
  const tried = randomCase(panel, 'averages', 100, 4)
  const { gpuSweep } = await openGpu(panel, tried, true, gpu)
  const rate = await gpuSweep.measure()
  const { studentised } = await gpuSweep.trialMaxima()
  const other = tried.picks.map((pick) => pick % 2)
  const together = await Promise.all([gpuSweep.run(tried.picks, 100), gpuSweep.run(other, 100)])
  const apart = [await gpuSweep.run(tried.picks, 100), await gpuSweep.run(other, 100)]
  gpuSweep.destroy()
  const text = (all: SweepColumns[]) =>
    all.map(({ tradesHash, t }) => [tradesHash.join(), t.join()].join()).join()
  return {
    rate,
    charged: studentised.filter((code) => code !== -32_768).length,
    sameTogether: text(together) === text(apart),
  }
}

/** What a sweep says once its device is gone. */
export async function afterLoss(panel: Panel, gpu?: GPU): Promise<string> {
  const tried = randomCase(panel, 'rsi', 64, 4)
  const { gpuSweep } = await openGpu(panel, tried, false, gpu)
  await gpuSweep.run(tried.picks, 64)
  gpuSweep.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  return gpuSweep.run(tried.picks, 64).then(
    () => 'it went on',
    (cause: Error) => cause.message,
  )
}

export async function withoutAdapter(panel: Panel): Promise<string> {
  const tables = ruleTablesOf(panel, randomCase(panel, 'rsi', 1, 1).sweep)
  const none = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU
  const opened = await GpuSweep.open(tables, null, none)
  return typeof opened === 'string' ? opened : 'it opened'
}
