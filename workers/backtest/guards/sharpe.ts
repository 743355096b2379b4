import { mean, sampleDeviation, shape } from '../../quant/moments.ts'
import { deflatedSharpe, expectedMaximumSharpe } from '../../quant/sharpeEvidence.ts'
import type { FinishedRun } from '../engine.ts'
import { daysPerYear } from '../sizing.ts'
import type { FamilyView } from './familyView.ts'
import { measured, metricOf, unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent, plural } from './words.ts'

const enough = 0.95
const bar = { label: 'Passes from', value: enough }
const tooShort = 'There are too few days that differ from each other.'

export function probabilisticSharpeOf(run: FinishedRun): Measured {
  const value = metricOf(run, 'probabilisticSharpe')
  if (!Number.isFinite(value)) return unknown('probability', tooShort)
  const days = run.judged.strategy.returns.length
  return measured({
    state: value >= enough ? 'passes' : 'doubt',
    value,
    unit: 'probability',
    finding: `${inWords(run)} over ${plural(days, 'day')}${where(run)}: the true one is above 0 with a probability of ${percent(value)}.`,
    rows: [bar],
  })
}

/** Sharpe ratio a year, as said in a sentence. */
function inWords({ judged }: FinishedRun): string {
  return `A Sharpe ratio of ${judged.strategy.stats.sharpe.toFixed(2).replace('-', '−')}`
}

/** Of the whole run, because that is what the trials are compared by. */
export function deflatedSharpeOf(run: FinishedRun, { trials, sharpeVariance }: FamilyView): Measured {
  const { returns, riskFree } = run.judged.run
  const sharpe = (mean(returns) - riskFree / daysPerYear) / sampleDeviation(returns)
  const value = deflatedSharpe({
    sharpe,
    observations: returns.length,
    ...shape(returns),
    trials,
    trialSharpeVariance: sharpeVariance,
  })
  if (!Number.isFinite(value)) return unknown('probability', tooShort)
  const yearly = (perDay: number) => (perDay * Math.sqrt(daysPerYear)).toFixed(2).replace('-', '−')
  return measured({
    state: value >= enough ? 'passes' : 'doubt',
    value,
    unit: 'probability',
    finding:
      trials === 1
        ? `One trial so far: there is nothing to deflate. The Sharpe ratio of the whole run is ${yearly(sharpe)}.`
        : `The best of ${plural(trials, 'trial')} without skill would show about ${yearly(expectedMaximumSharpe(trials, sharpeVariance))} over the whole run; this one shows ${yearly(sharpe)}.`,
    rows: [bar],
  })
}

export function minimumTrackRecordOf(run: FinishedRun): Measured {
  const days = run.judged.strategy.returns.length
  const rows = [{ label: `Days there are${where(run)}`, value: days }]
  if (!(run.judged.strategy.stats.sharpe > 0)) {
    return measured({
      state: 'doubt',
      value: Infinity,
      unit: 'days',
      finding: `The Sharpe ratio${where(run)} is not above 0: no number of days would be enough.`,
      rows,
    })
  }
  const value = metricOf(run, 'minimumTrackRecord')
  if (!Number.isFinite(value)) return unknown('days', tooShort)
  return measured({
    state: days >= value ? 'passes' : 'doubt',
    value: Math.ceil(value),
    unit: 'days',
    finding: `${inWords(run)} needs ${plural(Math.ceil(value), 'day')}; there are ${days.toLocaleString('en-US')}${where(run)}.`,
    rows,
  })
}
