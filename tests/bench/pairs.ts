import { Evaluator } from '../../workers/backtest/sweep/evaluator.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import { systemOf } from '../../workers/systems/registry.ts'
import type { Params } from '../../workers/systems/system.ts'
import { benchPanel } from './backtestPanel.ts'

const info = systemInfos.find(({ id }) => id === 'options')!

/** Only the crossing of two averages, with stop, target and costs. */
export const averagesOnly: Params = {
  ...defaultParams(info, 'recommended'),
  rsiOn: false,
  volumeOn: false,
  macdOn: false,
  bollingerOn: false,
  momentumOn: false,
}
export const shortest = 2
export const longest = 101

/** An evaluator of one symbol whose indicators are still to be computed. */
export function singleSymbol(days: number): Evaluator {
  const panel = benchPanel(1, days, 2)
  const inputs = { panel, tradable: Uint8Array.of(1) }
  const moving = ['averageFast', 'averageSlow']
  const evaluator = new Evaluator(systemOf('options'), inputs, -1, undefined, moving)
  evaluator.measure({ range: { first: 0, last: days - 1 }, split: days })
  return evaluator
}

/** Runs every `of`-th fast average with all slower ones, beginning with number `from`; all of them: 4,950 pairs. */
export function runPairs(evaluator: Evaluator, from: number, of: number): void {
  const params = { ...averagesOnly }
  for (let fast = shortest + from; fast <= longest; fast += of) {
    for (let slow = fast + 1; slow <= longest; slow++) {
      params.averageFast = fast
      params.averageSlow = slow
      evaluator.run(params)
    }
  }
}
