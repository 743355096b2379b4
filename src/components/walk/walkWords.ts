import type { WalkFold, WalkNumbers, WalkResult, WalkSpec } from '../../../workers/backtest/api.ts'
import type { ParamValue, SystemInfo } from '../../../workers/systems/api.ts'
import { date, monthName, number, percent, probability } from '../../charts/format.ts'
import type { Drift } from '../../charts/walkDriftOption.ts'
import { metricWords, paramLabel, valueText } from '../sweep/sweepWords.ts'

export const objectiveLabel = (objective: WalkSpec['objective']): string =>
  objective === 'maxDrawdown' ? 'Smallest drawdown' : metricWords[objective].label

/** What is compared fold by fold. */
export type FoldMeasure = 'sharpe' | 'annualReturn' | 'alpha'

export const foldMeasures: Record<FoldMeasure, { label: string; text: (value: number) => string }> = {
  sharpe: { label: 'Sharpe', text: (value) => number(value, { signed: true }) },
  annualReturn: { label: 'Return a year', text: (value) => percent(value, { digits: 0, signed: true }) },
  alpha: { label: 'Alpha a year', text: (value) => percent(value, { digits: 0, signed: true }) },
}

/** “Mar 2022”, under a bar. */
export function foldLabel({ testFrom }: WalkFold): string {
  const day = new Date(testFrom * 86_400_000)
  return `${monthName(day.getUTCMonth())} ${day.getUTCFullYear()}`
}

/** “Test 3: 2 Mar 2022 – 31 Aug 2022”. */
export const foldTitle = ({ testFrom, testTo }: WalkFold, index: number): string =>
  `Test ${index + 1}: ${date(testFrom)} – ${date(testTo)}`

/** Nothing traded in training, so nothing was chosen. */
export const heldCash = ({ params }: WalkFold): boolean => Object.keys(params).length === 0

/** Where the values of every axis stand, and which of them were chosen. */
export function driftsOf({ spec, folds }: WalkResult, info: SystemInfo): Drift[] {
  return spec.axes.map(({ param, values }) => {
    const numbers = values.every((value) => typeof value === 'number')
    const place = (value: ParamValue | undefined): number =>
      value === undefined ? NaN : numbers ? Number(value) : values.indexOf(value)
    return {
      label: paramLabel(info, param),
      scale: values.map(place),
      chosen: folds.map(({ params }) => place(params[param])),
      text: (at: number) => valueText(info, param, numbers ? at : (values[Math.round(at)] ?? '')),
    }
  })
}

/** What became of the promise, in a sentence. */
export function outcomeWords({ got, promisedMean, folds }: WalkResult): string {
  const idle = folds.filter(heldCash).length
  if (idle === folds.length)
    return 'In no training did any combination trade: cash was held throughout, and nothing was tested.'
  const came = percent(got.annualReturn, { signed: true })
  const said = percent(promisedMean.annualReturn, { signed: true })
  const cash =
    idle > 0
      ? ` In ${idle} of ${folds.length} tests cash was held, because nothing had traded in training.`
      : ''
  return `Training promised ${said} a year; out of sample ${came} a year came of it.${cash}`
}

export interface WalkTile {
  id: string
  label: string
  value: string
  note: string
  hint: string
}

/** The numbers of the whole walk, those with an interval apart. */
export function tilesOf(result: WalkResult): WalkTile[] {
  const { got, promisedMean, efficiency, pValue, trials, folds } = result
  const promised = (pick: (numbers: WalkNumbers) => number, text: (value: number) => string) =>
    `promised ${text(pick(promisedMean))}`
  const share = (value: number) => percent(value, { signed: true })
  const tried = folds.reduce((sum, fold) => sum + fold.tried, 0)
  const whole = (value: number) => number(value, { digits: 0 })
  return [
    {
      id: 'annualReturn',
      label: 'Return a year',
      value: share(got.annualReturn),
      note: promised(({ annualReturn }) => annualReturn, share),
      hint: 'Yearly geometric growth of the stitched equity: (Π(1 + r))^(252 ÷ n) − 1. The promise is the mean over the trainings.',
    },
    {
      id: 'alpha',
      label: 'Alpha a year',
      value: share(got.alpha),
      note: promised(({ alpha }) => alpha, share),
      hint: 'Intercept of the regression of daily excess returns on those of the benchmark × 252: what the market does not explain.',
    },
    {
      id: 'maxDrawdown',
      label: 'Largest drawdown',
      value: percent(got.maxDrawdown),
      note: promised(({ maxDrawdown }) => maxDrawdown, percent),
      hint: 'Deepest fall of the stitched equity below its highest value so far. The promise is the mean over the trainings; it is of a single training each, so it is smaller to begin with where tests are many.',
    },
    {
      id: 'efficiency',
      label: 'Efficiency',
      value: percent(efficiency, { digits: 0 }),
      note: 'of the promised return came',
      hint: 'Walk-forward efficiency (Pardo 2008): annual return out of sample ÷ annual return promised by the trainings. Nothing where nothing was promised. Below 50 % the settings were mostly fitted to what had been.',
    },
    {
      id: 'pValue',
      label: 'p-value',
      value: probability(pValue),
      note: `against ${whole(trials)} trials`,
      hint: 'How often chance alone does as well, given everything that was tried: the daily excess return of the stitched equity after beta, against the best of all trials over 1,000 shared stationary bootstrap resamples (Hansen 2005). The stitched equity was chosen by nobody after the fact, so this is strict.',
    },
    {
      id: 'tried',
      label: 'Trials charged',
      value: whole(tried + 1),
      note: `of ${whole(trials)} so far`,
      hint: 'Every combination of every training is a trial, and the stitched equity is one more. All of them count in the verdict of every later report.',
    },
    {
      id: 'trades',
      label: 'Trades',
      value: whole(got.trades),
      note: `in ${folds.length} ${folds.length === 1 ? 'test' : 'tests'}`,
      hint: 'Closed out of sample. What is open on the last day of a test is closed there, with its costs, because the next test may trade with other settings.',
    },
  ]
}
