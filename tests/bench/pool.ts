import type { SweepSpec, SweepStatus } from '../../workers/backtest/api.ts'
import { createEngine } from '../../workers/backtest/engine.ts'
import { noTrialStore } from '../../workers/backtest/keep/trialStore.ts'
import { startSweepWorker } from '../../workers/backtest/sweep/startWorker.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import { benchPanel } from './backtestPanel.ts'
import { print } from './figures.ts'

const info = systemInfos.find(({ id }) => id === 'options')!
const numbers = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => from + step * i)

/** A sweep through the pool of the page's own workers: in Chromium only, once isolated and once not. */
export async function benchPool(): Promise<void> {
  const panel = benchPanel(101, 2520, 4)
  const engine = createEngine({
    store: noTrialStore,
    createSweepWorker: startSweepWorker,
    sweepWorkers: navigator.hardwareConcurrency,
  })
  engine.load({ panelId: 'bench', panel, simulated: true, signals: null })
  const mode = crossOriginIsolated ? 'prices shared' : 'a copy of the prices each'
  const spec: SweepSpec = {
    request: {
      system: 'options',
      params: defaultParams(info, 'recommended'),
      from: null,
      to: null,
      outOfSampleFrom: null,
      benchmark: 'QQQ',
      seed: 1,
    },
    axes: [
      { param: 'averageFast', values: numbers(5, 20) },
      { param: 'stop', values: numbers(0.02, 20, 0.005) },
    ],
    design: { kind: 'grid' },
  }
  let hear: (status: SweepStatus) => void = () => undefined
  await engine.watch({ sweep: (status) => hear(status), walk: () => undefined })
  const until = (fits: (status: SweepStatus) => boolean) =>
    new Promise<number>((resolve) => {
      hear = (status) => {
        if (fits(status)) resolve(performance.now())
      }
    })
  const started = performance.now()
  const first = until(({ done }) => done > 0)
  await engine.startSweep(spec)
  const began = await first
  const ended = await until(({ state }) => state === 'done')
  print(`pool, 100 symbols × 10 years, ${mode}: first results`, began - started, 'ms')
  print(`pool, the same: 400 backtests, charged`, 400 / ((ended - started) / 1000), 'per s')
  await engine.startSweep(spec)
  await until(({ done }) => done > 0)
  const asked = performance.now()
  await engine.cancelSweep()
  print(`pool, ${mode}: cancelled, workers freed`, performance.now() - asked, 'ms', 200)
}
