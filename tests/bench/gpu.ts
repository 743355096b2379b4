import { resamplerOf } from '../../workers/backtest/calendarDraws.ts'
import type { RunRequest } from '../../workers/backtest/api.ts'
import { chargeTablesOf } from '../../workers/backtest/gpu/chargeTables.ts'
import { GpuSweep } from '../../workers/backtest/gpu/gpuSweep.ts'
import { ruleSweepOf } from '../../workers/backtest/gpu/ruleSweep.ts'
import type { RuleSweep } from '../../workers/backtest/gpu/ruleSweep.ts'
import { ruleTablesOf } from '../../workers/backtest/gpu/ruleTables.ts'
import { Charger } from '../../workers/backtest/resampling/charger.ts'
import { Maxima } from '../../workers/backtest/resampling/maxima.ts'
import type { Resampler } from '../../workers/backtest/resampling/resampler.ts'
import type { Axis } from '../../workers/backtest/sweep/contract.ts'
import { Evaluator } from '../../workers/backtest/sweep/evaluator.ts'
import type { Panel } from '../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import { systemOf } from '../../workers/systems/registry.ts'
import type { Params } from '../../workers/systems/system.ts'
import { agreementOn } from '../e2e/gpuAgreement.ts'
import { benchPanel } from './backtestPanel.ts'

/** Combinations that are computed at a time, as a sweep does that fills its map while it runs. */
const batch = 65_536
/** Seconds of the CPU core. */
const cpuTime = 2

const range = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => from + step * i)

/** 50 × 200 × 10 × 10 = 1,000,000; what is decided turns slowest. */
const axes: Axis[] = [
  { param: 'averageFast', values: range(2, 50) },
  { param: 'averageSlow', values: range(60, 200) },
  { param: 'stop', values: range(0.02, 10, 0.01) },
  { param: 'target', values: range(0.03, 10, 0.02) },
]

function sweepOf(panel: Panel): { sweep: RuleSweep; params: Params } {
  const params: Params = {
    ...defaultParams(
      systemInfos.find(({ id }) => id === 'options')!,
      'recommended',
    ),
    ...{ rsiOn: false, volumeOn: false, macdOn: false, bollingerOn: false, momentumOn: false },
    trimAbove: 0,
  }
  const request: RunRequest = {
    ...{ system: 'options', params, from: null, to: null, seed: 1, benchmark: 'QQQ' },
    outOfSampleFrom: panel.dates[756],
  }
  const sweep = ruleSweepOf(panel, request, axes)
  if (typeof sweep === 'string') throw new Error(sweep)
  return { sweep, params }
}

/** Combinations first … first + count − 1 of the grid. */
function picksOf(first: number, count: number): Uint32Array<ArrayBuffer> {
  const picks = new Uint32Array(axes.length * count)
  for (let i = 0; i < count; i++) {
    let rest = first + i
    for (let a = axes.length - 1; a >= 0; a--) {
      const { length } = axes[a].values
      picks[a * count + i] = rest % length
      rest = Math.floor(rest / length)
    }
  }
  return picks
}

/** Seconds for so many combinations, two batches under way at a time, every result fetched. */
async function gpuSeconds(gpuSweep: GpuSweep, combinations: number): Promise<number> {
  const started = performance.now()
  let before: Promise<unknown> = Promise.resolve()
  for (let first = 0; first < combinations; first += batch) {
    const count = Math.min(batch, combinations - first)
    const next = gpuSweep.run(picksOf(first, count), count)
    await before
    before = next
  }
  await before
  return (performance.now() - started) / 1000
}

/** Combinations a second of one core, in the order of the grid, charged where there is a resampler. */
function cpuPerSecond(
  panel: Panel,
  { sweep, params }: ReturnType<typeof sweepOf>,
  resampler: Resampler | null,
) {
  const { scope } = sweep
  const core = new Evaluator(systemOf('options'), { panel, tradable: scope.tradable }, scope.benchmark)
  core.measure(scope)
  const charger = resampler === null ? null : new Charger(resampler)
  const maxima = new Maxima()
  const excess = new Float64Array(panel.dates.length)
  const chosen = { ...params }
  let started = performance.now()
  for (let i = 0; ; i++) {
    // The first thousand warm the engine up.
    if (i === 1000) started = performance.now()
    const picks = picksOf(i, 1)
    axes.forEach(({ param, values }, a) => (chosen[param] = values[picks[a]]))
    core.run(chosen)
    if (charger !== null) {
      core.excessInto(excess)
      charger.put(scope.range.first + 1, excess, core.observations)
      if (charger.full) charger.run(maxima)
    }
    const seconds = (performance.now() - started) / 1000
    if (i > 1000 && seconds > cpuTime) return (i - 999) / seconds
  }
}

/**
 * GPU against the CPU core, one symbol × 1,260 bars of crossing averages with stop, target and costs, in and out of
 * sample with a benchmark. One JSON line per figure.
 */
export async function benchGpu(combinations: number, gpu?: GPU): Promise<void> {
  const print = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
    console.log(JSON.stringify({ name, value: Number(value.toPrecision(4)), unit, ...more }))
  const panel = benchPanel(2, 1260, 1)
  const prepared = sweepOf(panel)
  const resampler = resamplerOf({ days: 1260, meanBlock: 4 })

  for (const charged of [false, true]) {
    const words = charged ? 'charged as trials' : 'not charged'
    const opening = performance.now()
    const tables = ruleTablesOf(panel, prepared.sweep)
    const gpuSweep = await GpuSweep.open(tables, charged ? chargeTablesOf(tables, resampler, 1) : null, gpu)
    if (typeof gpuSweep === 'string') throw new Error(gpuSweep)
    const { adapter, isSoftware } = gpuSweep
    print(`GPU sweep opened, ${words}`, performance.now() - opening, 'ms', { adapter, isSoftware })
    const measuring = performance.now()
    const measured = await gpuSweep.measure()
    const tookMs = Math.round(performance.now() - measuring)
    print(`GPU combinations as measured beforehand, ${words}`, measured, 'per s', { adapter, tookMs })
    await gpuSeconds(gpuSweep, Math.min(combinations, batch))
    const seconds = [await gpuSeconds(gpuSweep, combinations)]
    // A slow adapter is timed once.
    while (seconds.length < 3 && seconds[0] < 5) seconds.push(await gpuSeconds(gpuSweep, combinations))
    const best = Math.min(...seconds)
    print(`GPU combinations × 1,260 bars, ${words}`, combinations / best, 'per s', {
      adapter,
      combinations,
      seconds,
    })
    gpuSweep.destroy()
    print(
      `CPU combinations × 1,260 bars on one core, ${words}`,
      cpuPerSecond(panel, prepared, charged ? resampler : null),
      'per s',
    )
  }
  for (const rule of ['averages', 'rsi', 'bollinger'] as const) {
    const { worst, ...found } = await agreementOn(panel, rule, 1000, 1, gpu)
    print(
      `GPU and core, random ${rule}: not the same trades or shares`,
      found.otherTrades + found.otherShares,
      'of 1,000',
      {
        ...found,
        worst,
      },
    )
  }
}
