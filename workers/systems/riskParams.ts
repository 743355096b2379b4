import type { ParamSchema, RiskRules } from './system.ts'

/** What every system of bars and orders lets people set, whatever decides its entries. */
export type RiskParams = {
  capital: number
  wholeShares: boolean
  sizeOn: string
  stop: number
  target: number
  trailingStop: number
  maxBars: number
  ambiguousBar: string
  allowShort: boolean
  onOpposite: string
  overlap: boolean
  maxPosition: number
  gross: number
  net: number
  sector: number
  lots: number
  minimumTrade: number
  trimAbove: number
  trimTo: number
  trimEveryDays: number
  commissionBps: number
  slippageBps: number
  borrowRate: number
  cashRate: number
  breakerDailyLoss: number
  breakerDrawdown: number
}

/** Pairs of parameters of which the first must stay below the second. */
export interface Ordering {
  smaller: string
  larger: string
}

export const riskOrderings: Ordering[] = [{ smaller: 'trimTo', larger: 'trimAbove' }]

export const riskParams: ParamSchema<RiskParams> = {
  stop: {
    kind: 'number',
    label: 'Stop loss',
    group: 'Risk',
    help: 'A position is closed once it has lost this share of its entry price.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.005,
    zeroIsOff: true,
    recommended: 0.08,
    original: 0.08,
  },
  target: {
    kind: 'number',
    label: 'Take profit',
    group: 'Risk',
    help: 'A position is closed once it has gained this share of its entry price.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.005,
    zeroIsOff: true,
    recommended: 0.15,
    original: 0.15,
  },
  trailingStop: {
    kind: 'number',
    label: 'Trailing stop',
    group: 'Risk',
    help: 'A stop that follows the best close since the entry at this distance, and never moves back.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.005,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  maxBars: {
    kind: 'number',
    label: 'Longest hold',
    group: 'Risk',
    help: 'A position is closed after this many trading days, the day of the entry included.',
    unit: 'days',
    min: 0,
    max: 252,
    step: 1,
    integer: true,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  ambiguousBar: {
    kind: 'choice',
    label: 'Same-bar stop and target',
    group: 'Risk',
    help: 'A daily bar does not tell which came first when both were reached, so this decides.',
    options: [
      { value: 'pessimistic', label: 'stop first' },
      { value: 'optimistic', label: 'target first' },
      { value: 'nearest-open', label: 'nearest to the open' },
    ],
    recommended: 'pessimistic',
    original: 'pessimistic',
  },
  allowShort: {
    kind: 'boolean',
    label: 'Short selling',
    group: 'Risk',
    help: 'Exit signals then sell short instead of only closing what is held.',
    recommended: false,
    original: false,
  },
  onOpposite: {
    kind: 'choice',
    label: 'Opposite signal',
    group: 'Risk',
    help: 'What a signal against the position held does, when only one position per symbol is allowed.',
    options: [
      { value: 'close', label: 'closes' },
      { value: 'reverse', label: 'closes and reverses' },
    ],
    onlyWhen: { param: 'overlap', equals: false },
    recommended: 'close',
    original: 'close',
  },
  overlap: {
    kind: 'boolean',
    label: 'Several lots per symbol',
    group: 'Risk',
    help: 'A new signal opens another lot of a symbol already held, each with its own stop and target.',
    recommended: false,
    original: false,
  },
  capital: {
    kind: 'number',
    label: 'Starting capital',
    group: 'Size',
    help: 'Cash on the first day.',
    unit: 'dollars',
    min: 1000,
    max: 1e9,
    step: 1000,
    recommended: 100_000,
    original: 100_000,
  },
  maxPosition: {
    kind: 'number',
    label: 'Largest position',
    group: 'Size',
    help: 'No order takes one symbol above this share of equity.',
    unit: 'fraction',
    min: 0.005,
    max: 2,
    step: 0.005,
    recommended: 0.2,
    original: 0.2,
  },
  minimumTrade: {
    kind: 'number',
    label: 'Smallest trade',
    group: 'Size',
    help: 'Orders worth less than this are dropped and counted.',
    unit: 'dollars',
    min: 0,
    max: 100_000,
    step: 100,
    zeroIsOff: true,
    recommended: 1000,
    original: 1000,
  },
  wholeShares: {
    kind: 'boolean',
    label: 'Whole shares only',
    group: 'Size',
    help: 'Orders are rounded down to whole shares at the price that was really quoted on the day.',
    recommended: true,
    original: true,
  },
  sizeOn: {
    kind: 'choice',
    label: 'Equity for sizing',
    group: 'Size',
    help: 'The account value that a fraction of equity is taken of.',
    options: [
      { value: 'previousClose', label: 'previous close' },
      { value: 'open', label: 'open of the day' },
    ],
    recommended: 'previousClose',
    original: 'previousClose',
  },
  gross: {
    kind: 'number',
    label: 'Gross exposure',
    group: 'Limits',
    help: 'Long and short positions together stay below this multiple of equity; above 1 borrows money.',
    unit: 'multiple',
    min: 0.05,
    max: 4,
    step: 0.05,
    recommended: 1,
    original: 1,
  },
  net: {
    kind: 'number',
    label: 'Net exposure',
    group: 'Limits',
    help: 'Long minus short positions stay within this multiple of equity, in either direction.',
    unit: 'multiple',
    min: 0,
    max: 4,
    step: 0.05,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  sector: {
    kind: 'number',
    label: 'One sector',
    group: 'Limits',
    help: 'Positions in one sector together stay below this share of equity.',
    unit: 'fraction',
    min: 0,
    max: 2,
    step: 0.05,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  lots: {
    kind: 'number',
    label: 'Lots at once',
    group: 'Limits',
    help: 'No new position is opened while this many are open.',
    unit: 'count',
    min: 0,
    max: 500,
    step: 1,
    integer: true,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  trimAbove: {
    kind: 'number',
    label: 'Trim above',
    group: 'Limits',
    help: 'A position that has grown beyond this share of equity is cut back.',
    unit: 'fraction',
    min: 0,
    max: 2,
    step: 0.01,
    zeroIsOff: true,
    recommended: 0.25,
    original: 0.25,
  },
  trimTo: {
    kind: 'number',
    label: 'Trim to',
    group: 'Limits',
    help: 'The share of equity that a trimmed position is cut back to.',
    unit: 'fraction',
    min: 0,
    max: 2,
    step: 0.01,
    recommended: 0.2,
    original: 0.2,
  },
  trimEveryDays: {
    kind: 'number',
    label: 'Trim every',
    group: 'Limits',
    help: 'Positions are looked over for trimming once in this many trading days.',
    unit: 'days',
    min: 1,
    max: 252,
    step: 1,
    integer: true,
    recommended: 30,
    original: 30,
  },
  commissionBps: {
    kind: 'number',
    label: 'Commission',
    group: 'Costs',
    help: 'Fee per side in hundredths of a percent of the value traded.',
    unit: 'bps',
    min: 0,
    max: 200,
    step: 0.5,
    recommended: 1,
    original: 1,
  },
  slippageBps: {
    kind: 'number',
    label: 'Slippage',
    group: 'Costs',
    help: 'How much worse than the quoted price every fill is, in hundredths of a percent.',
    unit: 'bps',
    min: 0,
    max: 200,
    step: 0.5,
    recommended: 5,
    original: 5,
  },
  borrowRate: {
    kind: 'number',
    label: 'Borrowing shares',
    group: 'Costs',
    help: 'Yearly fee on the value of shares sold short.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.005,
    onlyWhen: { param: 'allowShort', equals: true },
    recommended: 0.01,
    original: 0.01,
  },
  cashRate: {
    kind: 'number',
    label: 'Interest on idle cash',
    group: 'Costs',
    help: 'What money that is in no position earns a year. Sharpe ratios and alpha count what is earned beyond it.',
    unit: 'fraction',
    min: 0,
    max: 0.2,
    step: 0.0025,
    recommended: 0,
    original: 0,
  },
  breakerDailyLoss: {
    kind: 'number',
    label: 'Daily loss',
    group: 'Breakers',
    help: 'After a day that loses this share of equity everything is sold at the next open.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.005,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  breakerDrawdown: {
    kind: 'number',
    label: 'Drawdown',
    group: 'Breakers',
    help: 'Once equity is this far below its peak everything is sold at the next open.',
    unit: 'fraction',
    min: 0,
    max: 0.9,
    step: 0.01,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
}

/** 0 means off: the rule is then absent, which is what the simulator calls off. */
function on(value: number): number | undefined {
  return value > 0 ? value : undefined
}

/** The rules of the simulator for these parameters, all but sizing, which differs by system. */
export function riskRules(params: RiskParams): Omit<RiskRules, 'sizing'> {
  return {
    capital: params.capital,
    wholeShares: params.wholeShares,
    stop: on(params.stop),
    target: on(params.target),
    trailingStop: on(params.trailingStop),
    maxBars: on(params.maxBars),
    ambiguousBar: params.ambiguousBar as RiskRules['ambiguousBar'],
    allowShort: params.allowShort,
    overlap: params.overlap,
    onOpposite: params.onOpposite as RiskRules['onOpposite'],
    sizeOn: params.sizeOn as RiskRules['sizeOn'],
    trim:
      params.trimAbove > 0
        ? { above: params.trimAbove, to: params.trimTo, everyDays: params.trimEveryDays }
        : undefined,
    limits: {
      position: params.maxPosition,
      gross: params.gross,
      net: on(params.net),
      sector: on(params.sector),
      lots: on(params.lots),
      minimumTrade: on(params.minimumTrade),
    },
    costs: {
      commissionBps: params.commissionBps,
      slippageBps: params.slippageBps,
      borrowRate: params.borrowRate,
    },
    cashRate: params.cashRate,
    breakers: { dailyLoss: on(params.breakerDailyLoss), drawdown: on(params.breakerDrawdown) },
  }
}

/** Those that decide nothing: selling short is a decision, all others come after it. */
export const onlyRiskRules = Object.keys(riskParams).filter((name) => name !== 'allowShort')
