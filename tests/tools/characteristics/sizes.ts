import { resamplerOf } from '../../../workers/backtest/calendarDraws.ts'
import { calendarOf, judge, trialOf } from '../../../workers/backtest/evidence.ts'
import type { FinishedRun, LoadedPanel } from '../../../workers/backtest/engine.ts'
import type { GuardId } from '../../../workers/backtest/guards/contract.ts'
import { familyViewOf } from '../../../workers/backtest/guards/familyView.ts'
import type { FamilyView } from '../../../workers/backtest/guards/familyView.ts'
import { guardOf } from '../../../workers/backtest/guards/guardOf.ts'
import type { Resampler } from '../../../workers/backtest/resampling/resampler.ts'
import { TrialFamily } from '../../../workers/backtest/trials.ts'
import { coinFlips, customRequest, loadedWith } from './coinFlips.ts'
import { finished } from './finished.ts'
import { bestOfFamilies } from './families.ts'
import { martingaleReturns, panelOf } from './randomMarket.ts'

/** How many samples there were, and in how many of them something was found that is not there. */
export interface Count {
  samples: number
  found: number
}

/** By name of the test. */
export type Counts = Record<string, Count>

/** How much is looked at in each market. */
export interface SizePlan {
  /** Strategies judged alone, and how many of them are also rerun some hundred times. */
  strategies: number
  rerun: number
  /** Families, and the strategies of the largest one. */
  families: number
  most: number
}

const usualPlan: SizePlan = { strategies: 10, rerun: 10, families: 10, most: 100 }

const neverStop = () => Promise.resolve(true)
const significant = 0.05
const noSeries = { count: 0, days: 0, overfitting: () => Promise.resolve(NaN) }

/** Every test at its 5 % level on strategies that know nothing, in one market. */
export async function measureSizes(seed: number, plan = usualPlan): Promise<Counts> {
  const panel = panelOf(martingaleReturns(seed))
  const resampler = resamplerOf(calendarOf(panel))
  const counts: Counts = {}
  const count = (found: [string, boolean][]) => {
    for (const [name, is] of found) {
      const row = (counts[name] ??= { samples: 0, found: 0 })
      row.samples++
      if (is) row.found++
    }
  }
  for (let strategy = 0; strategy < plan.strategies; strategy++) {
    const loaded = loadedWith(panel, coinFlips(seed, strategy), `${seed} ${strategy}`)
    count(await overAllDays(loaded, resampler))
    count(await asOnThePage(loaded, resampler, strategy < plan.rerun))
  }
  for (let family = 0; family < plan.families; family++) {
    count(bestOfFamilies(panel, resampler, seed, family, plan.most))
  }
  return counts
}

interface Alone {
  run: FinishedRun
  view: FamilyView
  passes: (id: GuardId) => Promise<boolean>
}

/** A run that is the only one ever tried. */
function alone(loaded: LoadedPanel, resampler: Resampler, split: boolean): Alone {
  const run = finished(loaded, customRequest(loaded.panel, split))
  const family = new TrialFamily()
  const view = familyViewOf(family, family.add(trialOf(run), resampler), noSeries)
  return {
    run,
    view,
    passes: async (id) => (await guardOf(run, id, view, neverStop))!.state === 'passes',
  }
}

async function overAllDays(loaded: LoadedPanel, resampler: Resampler): Promise<[string, boolean][]> {
  const { view, passes } = alone(loaded, resampler, false)
  return [
    ['probabilistic Sharpe, five years', await passes('probabilisticSharpe')],
    ['reality check, one trial', await passes('realityCheck')],
    ['p-value of the verdict, one trial', view.pValue <= significant],
    ['deflated Sharpe, one trial', await passes('deflatedSharpe')],
    ['minimum track record, five years', await passes('minimumTrackRecord')],
  ]
}

/** With two fifths kept apart, on which most guards then look alone. */
async function asOnThePage(
  loaded: LoadedPanel,
  resampler: Resampler,
  rerun: boolean,
): Promise<[string, boolean][]> {
  const { run, view, passes } = alone(loaded, resampler, true)
  const verdict = await judge(run, view, false, neverStop)
  const found: [string, boolean][] = [
    ['probabilistic Sharpe, out of sample', await passes('probabilisticSharpe')],
    ['minimum track record, out of sample', await passes('minimumTrackRecord')],
    ['verdict “hard to explain by luck”, one trial', verdict!.kind === 'hard to explain by luck'],
  ]
  if (!rerun) return found
  return [
    ...found,
    ['random entries, out of sample', await passes('randomEntries')],
    ['shifted signals, out of sample', await passes('shiftedSignals')],
  ]
}
