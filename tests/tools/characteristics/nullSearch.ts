import { marketPanel } from '../../../datasets/panel.ts'
import { generateMarket } from '../../../datasets/market.ts'
import type {
  Evidence,
  Outcome,
  RunRequest,
  SweepMetric,
  SweepStatus,
} from '../../../workers/backtest/api.ts'
import { createEngine } from '../../../workers/backtest/engine.ts'
import type { Engine } from '../../../workers/backtest/engine.ts'
import { noTrialStore } from '../../../workers/backtest/keep/trialStore.ts'
import type { Axis } from '../../../workers/backtest/sweep/contract.ts'
import { inlineSweepWorker } from '../../../workers/backtest/sweep/inlineWorker.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'

/** What somebody is told who searches for the best combination and takes it for real. */
export interface Found {
  verdict: Evidence['verdict']['kind']
  because: string
  /** Against everything tried, and as if nothing else had been. */
  pValue: number
  pAlone: number
  /** A year, by part. */
  sharpe: { inSample: number; outOfSample: number }
  alpha: { inSample: number; outOfSample: number }
}

export interface NullSearch {
  seed: number
  trials: number
  /** Probability of backtest overfitting over 500 of the combinations. */
  pbo: number
  /** Chosen by the Sharpe ratio, and by the alpha, of the in-sample part. */
  bySharpe: Found
  byAlpha: Found
}

const info = systemInfos.find(({ id }) => id === 'options')!

/** Evenly spaced values, both ends included. */
function from(first: number, last: number, step: number): number[] {
  const count = Math.round((last - first) / step) + 1
  return Array.from({ length: count }, (_, i) => Number((first + i * step).toPrecision(12)))
}

/** What is searched: five of the signals and both exits. Every combination is possible. */
export const searched: Axis[] = [
  { param: 'rsiLow', values: from(10, 35, 1) },
  { param: 'averageFast', values: from(5, 95, 5) },
  { param: 'averageSlow', values: from(100, 300, 10) },
  { param: 'volumeRatio', values: from(2, 5, 0.2) },
  { param: 'bollingerWidth', values: from(2, 4, 0.1) },
  { param: 'momentumShort', values: from(0.05, 0.15, 0.005) },
  { param: 'stop', values: from(0.03, 0.2, 0.005) },
  { param: 'target', values: from(0.05, 0.4, 0.01) },
]

/** As the page asks for it before anybody has changed anything: the last two fifths are kept apart, against QQQ. */
export function usualRequest(panel: Panel, seed: number): RunRequest {
  const first = panel.dates[0]
  const last = panel.dates[panel.dates.length - 1]
  return {
    system: 'options',
    params: defaultParams(info, 'recommended'),
    from: null,
    to: null,
    outOfSampleFrom: Math.round(first + 0.6 * (last - first)),
    benchmark: 'QQQ',
    seed,
  }
}

/** The simulated market in which nothing can be foretold. */
export function nullPanel(seed: number): Panel {
  return marketPanel(generateMarket({ seed, strength: 0 }))
}

/** Searches a null market as the page does, takes the best by two measures, and asks for the verdict on each. */
export async function searchNullMarket(seed: number, trials: number): Promise<NullSearch> {
  const panel = nullPanel(seed)
  const request = usualRequest(panel, seed)
  let finish: (status: SweepStatus) => void
  const finished = new Promise<SweepStatus>((resolve) => (finish = resolve))
  const engine = createEngine({ store: noTrialStore, createSweepWorker: inlineSweepWorker, sweepWorkers: 1 })
  await engine.watch({
    sweep: (status) => status.state !== 'running' && finish(status),
    walk: () => undefined,
  })
  engine.load({ panelId: `null market ${seed}`, panel, simulated: true, signals: null })
  valueOf(
    await engine.startSweep({ request, axes: searched, design: { kind: 'latin', count: trials, seed } }),
  )
  const { done, impossible, message } = await finished
  if (done - impossible !== trials) throw new Error(`Seed ${seed}: ${done - impossible} trials. ${message}`)

  const bySharpe = await best(engine, request, 'sharpe')
  const byAlpha = await best(engine, request, 'alpha')
  const charged = {
    bySharpe: await judged(engine, bySharpe.request),
    byAlpha: await judged(engine, byAlpha.request),
  }
  return {
    seed,
    trials: charged.bySharpe.trials,
    pbo: bySharpe.pbo,
    bySharpe: { ...charged.bySharpe, pAlone: await pAlone(engine, bySharpe.request) },
    byAlpha: { ...charged.byAlpha, pAlone: await pAlone(engine, byAlpha.request) },
  }
}

async function best(
  engine: Engine,
  request: RunRequest,
  metric: SweepMetric,
): Promise<{ request: RunRequest; pbo: number }> {
  const { best: cells, pbo } = valueOf(await engine.sweepSummary(metric, 'inSample'))
  return { request: { ...request, params: { ...request.params, ...cells[0].params } }, pbo }
}

async function judged(
  engine: Engine,
  request: RunRequest,
): Promise<Omit<Found, 'pAlone'> & { trials: number }> {
  const { metrics } = valueOf(await engine.run(request))
  const byPart = (name: string) => {
    const { inSample, outOfSample } = metrics.find(({ id }) => id === name)!
    return { inSample, outOfSample }
  }
  const { verdict, pValue, trials } = valueOf(await engine.evidence(request))
  return {
    verdict: verdict.kind,
    because: verdict.because,
    pValue,
    trials,
    sharpe: byPart('sharpe'),
    alpha: byPart('alpha'),
  }
}

/** The p-value of somebody who keeps quiet about everything else that was tried. */
async function pAlone(engine: Engine, request: RunRequest): Promise<number> {
  await engine.forgetFamily()
  valueOf(await engine.run(request))
  return valueOf(await engine.evidence(request)).pValue
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.message} ${outcome.detail ?? ''}`)
  return outcome.value
}
