import { calendarOf } from '../../../workers/backtest/evidence.ts'
import { Moments } from '../../../workers/backtest/moments.ts'
import { scopeOf } from '../../../workers/backtest/range.ts'
import { blockSize, SweepTask } from '../../../workers/backtest/sweep/task.ts'
import type { CarriedTrials } from '../../../workers/backtest/trials.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { searched, usualRequest } from './nullSearch.ts'

/** Everything that a search among the six signals charges; no costs, so that it is as near to the best as it gets. */
export function chargeSearch(panel: Panel, trials: number, seed: number): CarriedTrials {
  const usual = usualRequest(panel, seed)
  const request = { ...usual, params: { ...usual.params, commissionBps: 0, slippageBps: 0 } }
  const scope = scopeOf(panel, request)
  if (typeof scope === 'string') throw new Error(scope)
  const { range, split, tradable, benchmark } = scope
  const task = new SweepTask({
    market: { contents: 'search', panel, signals: null, calendar: calendarOf(panel), tradable, benchmark },
    spec: { request, axes: searched, design: { kind: 'latin', count: trials, seed } },
    windows: [{ range, split }],
    seriesEvery: 0,
  })
  const blocks = Int32Array.from({ length: Math.ceil(trials / blockSize) }, (_, block) => block)
  const { index, sharpes, studentised, plain } = task.run(blocks, 0)
  const moments = new Moments()
  for (const sharpe of sharpes) if (Number.isFinite(sharpe)) moments.add(sharpe)
  return { trials: index.length, shown: null, sharpes: moments, studentised, plain }
}
