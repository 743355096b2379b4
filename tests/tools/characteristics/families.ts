import { scopeOf } from '../../../workers/backtest/range.ts'
import { Charger } from '../../../workers/backtest/resampling/charger.ts'
import { Maxima } from '../../../workers/backtest/resampling/maxima.ts'
import { Moments } from '../../../workers/backtest/moments.ts'
import type { Resampler } from '../../../workers/backtest/resampling/resampler.ts'
import { Evaluator } from '../../../workers/backtest/sweep/evaluator.ts'
import type { Charged } from '../../../workers/backtest/trials.ts'
import { deflatedSharpe } from '../../../workers/quant/statistics.ts'
import { shape } from '../../../workers/quant/moments.ts'
import type { Panel } from '../../../workers/quant/panel.ts'
import { systemOf } from '../../../workers/systems/registry.ts'
import type { Params, Signals, System } from '../../../workers/systems/system.ts'
import { coinFlips, customRequest, fairParams, halfTossedAgain, held } from './coinFlips.ts'
import type { Entry } from './coinFlips.ts'

const significant = 0.05
const confident = 0.95

/** The best of so many is charged for all of them. */
export const familySizes = [1, 10, 100]

/** One strategy of a family, with what the tests read of it. */
interface Candidate extends Charged {
  /** Per day. */
  sharpe: number
  observations: number
  skew: number
  kurtosis: number
}

/**
 * The best of families of correlated strategies that know nothing: whether each test finds something in it. The
 * families are nested: the first one, the first ten, all hundred.
 */
export function bestOfFamilies(
  panel: Panel,
  resampler: Resampler,
  seed: number,
  number: number,
  most: number,
): [string, boolean][] {
  const base = coinFlips(seed, 1000 + number)
  const variants = Array.from({ length: most }, (_, v) =>
    signalsOf(halfTossedAgain(base, seed, `family ${number} variant ${v}`)),
  )
  const scope = scopeOf(panel, customRequest(panel, false))
  if (typeof scope === 'string') throw new Error(scope)
  const evaluator = new Evaluator(
    variantsAsSystem(variants),
    { panel, tradable: scope.tradable },
    scope.benchmark,
  )
  evaluator.measure({ range: scope.range, split: scope.split })
  const maxima = new Maxima()
  const sharpes = new Moments()
  const charger = new Charger(resampler)
  const waiting: Candidate[] = []
  const excess = new Float64Array(panel.dates.length)
  let best: Candidate | null = null
  const found: [string, boolean][] = []
  for (let v = 0; v < most; v++) {
    evaluator.run({ ...fairParams, variant: v })
    const { sharpe, observations, returns } = evaluator
    evaluator.excessInto(excess)
    charger.put(1, excess, observations)
    sharpes.add(sharpe)
    waiting.push({
      t: NaN,
      statistic: NaN,
      sharpe,
      observations,
      ...shape(returns.subarray(0, observations)),
    })
    const trials = v + 1
    const asked = familySizes.includes(trials)
    if (!charger.full && !asked) continue
    charger.run(maxima)
    waiting.forEach((one, lane) => {
      const charged = { ...one, t: charger.t[lane], statistic: charger.statistic[lane] }
      if (best === null || charged.t > best.t) best = charged
    })
    waiting.length = 0
    if (!asked || best === null) continue
    const chosen: Candidate = best
    const deflated = deflatedSharpe({ ...chosen, trials, trialSharpeVariance: sharpes.variance })
    found.push(
      [`p-value of the verdict, best of ${trials}`, maxima.pValue(chosen.t) <= significant],
      [`reality check, best of ${trials}`, maxima.realityCheck(chosen.statistic) <= significant],
      [`deflated Sharpe, best of ${trials}`, deflated >= confident],
    )
  }
  return found
}

/** Signals to choose from by the number of the variant, under the rules of a signals file. */
function variantsAsSystem(variants: Signals[]): System<Params> {
  const custom = systemOf('custom')
  return {
    ...custom,
    params: { ...custom.params, variant: custom.params.minimumConviction },
    signals: (_, { variant }) => variants[variant as number],
  }
}

function signalsOf(entries: Entry[]): Signals {
  return {
    day: Int32Array.from(entries, ({ day }) => day),
    symbol: Int32Array.from(entries, ({ symbol }) => symbol),
    direction: Int8Array.from(entries, ({ direction }) => direction),
    conviction: new Float64Array(entries.length).fill(1),
    horizon: new Int32Array(entries.length).fill(held),
  }
}
