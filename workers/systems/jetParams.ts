import { riskOrderings, riskParams } from './riskParams.ts'
import type { Ordering, RiskParams } from './riskParams.ts'
import type { Claim, ParamSchema } from './system.ts'

export type JetParams = RiskParams & {
  model: string
  choose: string
  rankBy: string
  signalsPerYear: number
  leastConviction: number
  leastConfidence: number
  mostRisk: number
  horizon: number
  sizeBy: string
  fullSize: number
  leastSize: number
  stopBy: string
  stopDeviations: number
  targetByConviction: number
  exitOnDeal: boolean
  shortVisitor: boolean
}

export const jetName = 'Jet: corporate flights'
export const jetSummary =
  'Buys a company after a visit to its headquarters by another company’s aircraft, where a model takes it for the prelude to a takeover.'

export const jetReasons = [
  'First visit',
  'Second visit',
  'Third visit or later',
  'Visitor short',
  'Takeover announced',
]
export const jetReason = { first: 0, second: 1, more: 2, visitor: 3, deal: 4 }

/** Drawdown is a negative fraction, so “less than 15 %” is “at least −0.15”. */
export const jetClaims: Claim[] = [
  {
    text: 'Signals right at least 73 % of the time',
    metric: 'accuracy',
    atLeast: 0.73,
    implausibleAbove: 0.95,
  },
  { text: 'Excess return of at least 15 % a year', metric: 'alpha', atLeast: 0.15, implausibleAbove: 0.75 },
  {
    text: 'Excess return of at least 15 % a year, scaled to 10 % volatility',
    metric: 'scaledAlpha',
    atLeast: 0.15,
    implausibleAbove: 0.75,
  },
  { text: 'Sharpe ratio of at least 1.2', metric: 'sharpe', atLeast: 1.2, implausibleAbove: 3.6 },
  { text: 'Maximum drawdown under 15 %', metric: 'maxDrawdown', atLeast: -0.15 },
]

export const jetOrderings: Ordering[] = [{ smaller: 'leastSize', larger: 'fullSize' }, ...riskOrderings]

/** Who decides, by the names that scores come under. */
export const jetModels = [
  { value: 'hrm', label: 'HRM' },
  { value: 'visits', label: 'Rule: visits' },
  { value: 'flights', label: 'Rule: many flights' },
  { value: 'logistic-regression', label: 'Logistic regression' },
  { value: 'boosted-trees', label: 'Boosted trees' },
  { value: 'gru', label: 'GRU' },
  { value: 'trm', label: 'TRM' },
  { value: 'transformer', label: 'Transformer' },
  { value: 'transformer-without-loop', label: 'Transformer, one pass' },
]

const { stop, target, maxBars, maxPosition, ...otherRisk } = riskParams

export const jetParams: ParamSchema<JetParams> = {
  model: {
    kind: 'choice',
    label: 'Decided by',
    group: 'Signals',
    help: 'Which model tells the visits that matter from the others; the two rules need no training.',
    options: jetModels,
    recommended: 'hrm',
    original: 'hrm',
  },
  choose: {
    kind: 'choice',
    label: 'Signals are',
    group: 'Signals',
    help: 'A threshold that follows from how many signals a year are wanted, or one that is fixed beforehand.',
    options: [
      { value: 'coverage', label: 'the surest of a year' },
      { value: 'threshold', label: 'above a fixed threshold' },
    ],
    recommended: 'coverage',
    original: 'threshold',
  },
  rankBy: {
    kind: 'choice',
    label: 'Surest by',
    group: 'Signals',
    help: 'What visits are ranked by: the probability of a takeover, which has more to learn from, or the conviction about the price.',
    options: [
      { value: 'event', label: 'probability of a takeover' },
      { value: 'conviction', label: 'conviction' },
    ],
    onlyWhen: { param: 'choose', equals: 'coverage' },
    recommended: 'event',
    original: 'conviction',
  },
  signalsPerYear: {
    kind: 'number',
    label: 'Signals a year',
    group: 'Signals',
    help: 'A visit becomes a signal when fewer visits of the year before were as convincing.',
    unit: 'count',
    min: 1,
    max: 120,
    step: 1,
    integer: true,
    onlyWhen: { param: 'choose', equals: 'coverage' },
    recommended: 12,
    original: 12,
  },
  leastConviction: {
    kind: 'number',
    label: 'Least conviction',
    group: 'Signals',
    help: 'Probability of a rise minus probability of a fall; calibrated forecasts seldom get far.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.01,
    onlyWhen: { param: 'choose', equals: 'threshold' },
    recommended: 0.3,
    original: 0.6,
  },
  leastConfidence: {
    kind: 'number',
    label: 'Least confidence',
    group: 'Signals',
    help: 'Calibrated probability of the answer that the model gives.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.01,
    onlyWhen: { param: 'choose', equals: 'threshold' },
    recommended: 0.4,
    original: 0.7,
  },
  mostRisk: {
    kind: 'number',
    label: 'Most risk',
    group: 'Signals',
    help: 'Rank of the fall the model expects on the way, among those of its training: 0 calm, 1 wild.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.01,
    onlyWhen: { param: 'choose', equals: 'threshold' },
    recommended: 1,
    original: 0.3,
  },
  exitOnDeal: {
    kind: 'boolean',
    label: 'Sell on the news',
    group: 'Signals',
    help: 'Closes the position at the open after a takeover of the company was announced: what was waited for has come.',
    recommended: true,
    original: false,
  },
  shortVisitor: {
    kind: 'boolean',
    label: 'Short the visitor',
    group: 'Signals',
    help: 'Also sells the visitor short, because buyers tend to slip on the news; needs short selling.',
    onlyWhen: { param: 'allowShort', equals: true },
    recommended: false,
    original: false,
  },
  horizon: {
    kind: 'number',
    label: 'Held at most',
    group: 'Signals',
    help: 'Trading days until the position is closed if nothing has happened.',
    unit: 'days',
    min: 1,
    max: 252,
    step: 1,
    integer: true,
    recommended: 42,
    original: 21,
  },
  sizeBy: {
    kind: 'choice',
    label: 'Size',
    group: 'Size',
    help: 'All signals alike, or each by conviction × confidence × (1 − risk).',
    options: [
      { value: 'equal', label: 'equal' },
      { value: 'conviction', label: 'by conviction' },
    ],
    recommended: 'equal',
    original: 'conviction',
  },
  fullSize: {
    kind: 'number',
    label: 'Size of a signal',
    group: 'Size',
    help: 'Share of equity; sized by conviction this is the size at full conviction, confidence and no risk.',
    unit: 'fraction',
    min: 0.005,
    max: 1,
    step: 0.005,
    recommended: 0.1,
    original: 0.02,
  },
  leastSize: {
    kind: 'number',
    label: 'Smallest size',
    group: 'Size',
    help: 'Share of equity put into the weakest signal.',
    unit: 'fraction',
    min: 0.0005,
    max: 0.1,
    step: 0.0005,
    onlyWhen: { param: 'sizeBy', equals: 'conviction' },
    recommended: 0.001,
    original: 0.001,
  },
  maxPosition: { ...maxPosition, recommended: 0.1, original: 0.1 },
  stopBy: {
    kind: 'choice',
    label: 'Stop',
    group: 'Risk',
    help: 'A fixed share of the price, widened by the risk, or a multiple of how far the share usually moves in 20 days.',
    options: [
      { value: 'volatility', label: 'by volatility' },
      { value: 'fixed', label: 'fixed' },
    ],
    recommended: 'volatility',
    original: 'fixed',
  },
  stopDeviations: {
    kind: 'number',
    label: 'Stop, in deviations',
    group: 'Risk',
    help: 'Distance of the stop in standard deviations of 20 days of returns.',
    unit: 'plain',
    min: 0.5,
    max: 10,
    step: 0.1,
    onlyWhen: { param: 'stopBy', equals: 'volatility' },
    recommended: 3,
    original: 3,
  },
  stop: {
    ...stop,
    help: 'A position is closed once it has lost this share of its entry price, times 1 + risk.',
    onlyWhen: { param: 'stopBy', equals: 'fixed' },
    recommended: 0.02,
    original: 0.02,
  },
  targetByConviction: {
    kind: 'number',
    label: 'Target × conviction',
    group: 'Risk',
    help: 'A position is closed once it has gained this share of its entry price, times its conviction.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.005,
    zeroIsOff: true,
    recommended: 0,
    original: 0.05,
  },
  target: { ...target, recommended: 0, original: 0 },
  maxBars: { ...maxBars, recommended: 0, original: 0 },
  ...otherRisk,
}
