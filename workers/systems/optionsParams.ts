import { expressionOrderings, expressionParams } from './options/expressionParams.ts'
import type { ExpressionParams } from './options/expressionParams.ts'
import { integratedParams } from './options/integratedParams.ts'
import type { IntegratedParams } from './options/integratedParams.ts'
import { riskOrderings, riskParams } from './riskParams.ts'
import type { Ordering, RiskParams } from './riskParams.ts'
import type { Claim, ParamSchema } from './system.ts'

export type OptionsParams = RiskParams &
  ExpressionParams &
  IntegratedParams & {
    rsiOn: boolean
    averagesOn: boolean
    volumeOn: boolean
    macdOn: boolean
    bollingerOn: boolean
    momentumOn: boolean
    rsiDays: number
    rsiLow: number
    rsiHigh: number
    rsiVolumeRatio: number
    averageFast: number
    averageSlow: number
    volumeRatio: number
    volumeReturn: number
    volumeReturnDays: number
    macdFast: number
    macdSlow: number
    macdSignal: number
    bollingerDays: number
    bollingerWidth: number
    momentumShort: number
    momentumShortDays: number
    momentumLong: number
    momentumLongDays: number
    momentumVolumeRatio: number
    volumeDays: number
    sizeAtFullConviction: number
    universe: string
  }

export const optionsName = 'Options: six signals'
export const optionsSummary =
  'Six technical signals on daily bars, bought as shares or options, with a stop and a target, against QQQ.'

/** What `Signals.reason` points into, in the order of the table in the description of the system. */
export const optionsReasons = [
  'RSI',
  'Moving averages',
  'Volume',
  'MACD',
  'Bollinger bands',
  'Momentum',
  // Of the integrated mode.
  'Jet',
  'Tickets',
]

/** Drawdown is a negative fraction, so “less than 20 %” is “at least −0.20”. */
export const optionsClaims: Claim[] = [
  { text: 'At least 20 trades over the period', metric: 'trades', atLeast: 20 },
  { text: 'Sharpe ratio above 1', metric: 'sharpe', atLeast: 1, implausibleAbove: 3 },
  { text: 'Maximum drawdown under 20 %', metric: 'maxDrawdown', atLeast: -0.2 },
]

export const optionsOrderings: Ordering[] = [
  { smaller: 'rsiLow', larger: 'rsiHigh' },
  { smaller: 'averageFast', larger: 'averageSlow' },
  { smaller: 'macdFast', larger: 'macdSlow' },
  { smaller: 'momentumShortDays', larger: 'momentumLongDays' },
  ...expressionOrderings,
  ...riskOrderings,
]

function onOff(label: string, help: string): ParamSchema<{ on: boolean }>['on'] {
  return { kind: 'boolean', label, group: 'Signals', help, recommended: true, original: true }
}

export const optionsParams: ParamSchema<OptionsParams> = {
  rsiOn: onOff('RSI', 'Buys a share that fell fast on high volume, and sells it once it has risen fast.'),
  averagesOn: onOff(
    'Moving averages',
    'Buys when the fast average of closes crosses above the slow one, and sells when it crosses below.',
  ),
  volumeOn: onOff('Volume', 'Buys a share that rises on far more volume than usual; never sells.'),
  macdOn: onOff(
    'MACD',
    'Buys when the gap between two averages crosses above its own average, and sells when it crosses below.',
  ),
  bollingerOn: onOff(
    'Bollinger bands',
    'Buys a close unusually far below its average, and sells one unusually far above.',
  ),
  momentumOn: onOff(
    'Momentum',
    'Buys a share that has risen over both one and two weeks on high volume; never sells.',
  ),
  volumeDays: {
    kind: 'number',
    label: 'Usual volume over',
    group: 'Signals',
    help: 'Trading days whose mean is the usual volume, the day itself included.',
    unit: 'days',
    min: 2,
    max: 120,
    step: 1,
    integer: true,
    recommended: 20,
    original: 20,
  },

  universe: {
    kind: 'choice',
    label: 'Companies',
    group: 'Signals',
    help: 'Trades every company, or those of the technology sector alone, which is what QQQ is mostly made of.',
    options: [
      { value: 'all', label: 'All' },
      { value: 'technology', label: 'Technology' },
    ],
    recommended: 'all',
    original: 'all',
  },

  rsiDays: {
    kind: 'number',
    label: 'RSI days',
    group: 'RSI',
    help: 'Trading days over which gains are weighed against losses.',
    unit: 'days',
    min: 2,
    max: 60,
    step: 1,
    integer: true,
    onlyWhen: { param: 'rsiOn', equals: true },
    recommended: 14,
    original: 14,
  },
  rsiLow: {
    kind: 'number',
    label: 'Oversold below',
    group: 'RSI',
    help: 'Crossing below this value of the index, which runs from 0 to 100, buys.',
    unit: 'plain',
    min: 1,
    max: 60,
    step: 1,
    onlyWhen: { param: 'rsiOn', equals: true },
    recommended: 30,
    original: 30,
  },
  rsiHigh: {
    kind: 'number',
    label: 'Overbought above',
    group: 'RSI',
    help: 'Crossing above this value of the index sells.',
    unit: 'plain',
    min: 40,
    max: 99,
    step: 1,
    onlyWhen: { param: 'rsiOn', equals: true },
    recommended: 70,
    original: 70,
  },
  rsiVolumeRatio: {
    kind: 'number',
    label: 'Volume at least',
    group: 'RSI',
    help: 'Buys only when the volume of the day exceeds this multiple of its average.',
    unit: 'multiple',
    min: 0,
    max: 5,
    step: 0.1,
    zeroIsOff: true,
    onlyWhen: { param: 'rsiOn', equals: true },
    recommended: 1.2,
    original: 1.2,
  },
  averageFast: {
    kind: 'number',
    label: 'Fast average',
    group: 'Moving averages',
    help: 'Trading days of the average that follows the price closely.',
    unit: 'days',
    min: 2,
    max: 200,
    step: 1,
    integer: true,
    onlyWhen: { param: 'averagesOn', equals: true },
    recommended: 50,
    original: 50,
  },
  averageSlow: {
    kind: 'number',
    label: 'Slow average',
    group: 'Moving averages',
    help: 'Trading days of the average that shows the long trend.',
    unit: 'days',
    min: 5,
    max: 400,
    step: 1,
    integer: true,
    onlyWhen: { param: 'averagesOn', equals: true },
    recommended: 200,
    original: 200,
  },
  volumeRatio: {
    kind: 'number',
    label: 'Volume above',
    group: 'Volume',
    help: 'The volume of the day must exceed this multiple of its average.',
    unit: 'multiple',
    min: 0,
    max: 10,
    step: 0.1,
    onlyWhen: { param: 'volumeOn', equals: true },
    recommended: 2,
    original: 2,
  },
  volumeReturn: {
    kind: 'number',
    label: 'Rise above',
    group: 'Volume',
    help: 'The share must also have risen by more than this.',
    unit: 'fraction',
    min: -0.2,
    max: 0.5,
    step: 0.005,
    onlyWhen: { param: 'volumeOn', equals: true },
    recommended: 0.02,
    original: 0.02,
  },
  volumeReturnDays: {
    kind: 'number',
    label: 'Rise over',
    group: 'Volume',
    help: 'Trading days over which the rise is measured.',
    unit: 'days',
    min: 1,
    max: 60,
    step: 1,
    integer: true,
    onlyWhen: { param: 'volumeOn', equals: true },
    recommended: 5,
    original: 5,
  },
  macdFast: {
    kind: 'number',
    label: 'Fast average',
    group: 'MACD',
    help: 'Trading days of the fast exponential average.',
    unit: 'days',
    min: 2,
    max: 60,
    step: 1,
    integer: true,
    onlyWhen: { param: 'macdOn', equals: true },
    recommended: 12,
    original: 12,
  },
  macdSlow: {
    kind: 'number',
    label: 'Slow average',
    group: 'MACD',
    help: 'Trading days of the slow exponential average.',
    unit: 'days',
    min: 3,
    max: 120,
    step: 1,
    integer: true,
    onlyWhen: { param: 'macdOn', equals: true },
    recommended: 26,
    original: 26,
  },
  macdSignal: {
    kind: 'number',
    label: 'Signal average',
    group: 'MACD',
    help: 'Trading days of the average of the gap, which the gap has to cross.',
    unit: 'days',
    min: 2,
    max: 60,
    step: 1,
    integer: true,
    onlyWhen: { param: 'macdOn', equals: true },
    recommended: 9,
    original: 9,
  },
  bollingerDays: {
    kind: 'number',
    label: 'Average over',
    group: 'Bollinger bands',
    help: 'Trading days of the average in the middle of the bands.',
    unit: 'days',
    min: 5,
    max: 120,
    step: 1,
    integer: true,
    onlyWhen: { param: 'bollingerOn', equals: true },
    recommended: 20,
    original: 20,
  },
  bollingerWidth: {
    kind: 'number',
    label: 'Band width',
    group: 'Bollinger bands',
    help: 'Distance of the bands from the average, in standard deviations.',
    unit: 'plain',
    min: 0.5,
    max: 5,
    step: 0.1,
    onlyWhen: { param: 'bollingerOn', equals: true },
    recommended: 2,
    original: 2,
  },
  momentumShort: {
    kind: 'number',
    label: 'Short rise above',
    group: 'Momentum',
    help: 'The share must have risen by more than this over the short span.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.005,
    onlyWhen: { param: 'momentumOn', equals: true },
    recommended: 0.05,
    original: 0.05,
  },
  momentumShortDays: {
    kind: 'number',
    label: 'Short span',
    group: 'Momentum',
    help: 'Trading days of the short span.',
    unit: 'days',
    min: 1,
    max: 60,
    step: 1,
    integer: true,
    onlyWhen: { param: 'momentumOn', equals: true },
    recommended: 5,
    original: 5,
  },
  momentumLong: {
    kind: 'number',
    label: 'Long rise above',
    group: 'Momentum',
    help: 'The share must also have risen by more than this over the long span.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.005,
    onlyWhen: { param: 'momentumOn', equals: true },
    recommended: 0.03,
    original: 0.03,
  },
  momentumLongDays: {
    kind: 'number',
    label: 'Long span',
    group: 'Momentum',
    help: 'Trading days of the long span.',
    unit: 'days',
    min: 2,
    max: 120,
    step: 1,
    integer: true,
    onlyWhen: { param: 'momentumOn', equals: true },
    recommended: 10,
    original: 10,
  },
  momentumVolumeRatio: {
    kind: 'number',
    label: 'Volume above',
    group: 'Momentum',
    help: 'Buys only when the volume of the day exceeds this multiple of its average.',
    unit: 'multiple',
    min: 0,
    max: 5,
    step: 0.1,
    zeroIsOff: true,
    onlyWhen: { param: 'momentumOn', equals: true },
    recommended: 1.5,
    original: 1.5,
  },
  sizeAtFullConviction: {
    kind: 'number',
    label: 'Size at full conviction',
    group: 'Size',
    help: 'Share of equity put into a signal of conviction 1; weaker signals get proportionally less.',
    unit: 'fraction',
    min: 0.005,
    max: 2,
    step: 0.005,
    recommended: 0.15,
    original: 0.15,
  },
  ...expressionParams,
  ...integratedParams,
  ...riskParams,
}
