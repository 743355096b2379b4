import type { Ordering } from '../riskParams.ts'
import type { Expression, ParamSchema } from '../system.ts'
import type { StructureKind } from '../../quant/structures.ts'

export type ExpressionParams = {
  expression: string
  optionDelta: number
  otherDelta: number
  daysFrom: number
  daysTo: number
  optionSizeBy: string
  premiumStop: number
  premiumTarget: number
  premiumTargetOut: number
  mostSpread: number
  optionBars: number
  closeBefore: number
  roll: boolean
  spreadPaid: number
  contractFee: number
  volDays: number
  volPremium: number
  volSkew: number
  volCurvature: number
  modelHalfSpread: number
  optionRate: number
}

export const expressionOrderings: Ordering[] = [{ smaller: 'daysFrom', larger: 'daysTo' }]

/** Calendar days for which the smile of a chain holds: a weekly chain that skipped a week. */
const staleAfter = 10

const inOptions = {
  param: 'expression',
  unlike: 'shares',
  // Its strong signals become options whatever the others do.
  or: { param: 'signalSource', equals: 'integrated' },
} as const

export const expressionParams: ParamSchema<ExpressionParams> = {
  expression: {
    kind: 'choice',
    label: 'Traded as',
    group: 'Signals',
    help: 'What a signal buys. Options are opened and closed at the close of the day after the decision, when they are quoted.',
    options: [
      { value: 'shares', label: 'Shares' },
      { value: 'long-option', label: 'Long options' },
      { value: 'vertical', label: 'Vertical spreads' },
      { value: 'covered-call', label: 'Covered calls' },
      { value: 'protective-put', label: 'Protected shares' },
      { value: 'iron-condor', label: 'Iron condors' },
    ],
    recommended: 'shares',
    original: 'shares',
  },
  optionDelta: {
    kind: 'number',
    label: 'Delta',
    group: 'Expression',
    help: 'Delta, without its sign, of the option that follows the signal: 0.50 is at the money, less is out of it.',
    unit: 'plain',
    min: 0.05,
    max: 0.95,
    step: 0.05,
    onlyWhen: inOptions,
    recommended: 0.5,
    original: 0.5,
  },
  otherDelta: {
    kind: 'number',
    label: 'Delta of the other leg',
    group: 'Expression',
    help: 'Delta, without its sign, of the option sold in spreads, covered calls and condors, or bought to protect shares.',
    unit: 'plain',
    min: 0.05,
    max: 0.6,
    step: 0.05,
    onlyWhen: inOptions,
    recommended: 0.25,
    original: 0.25,
  },
  daysFrom: {
    kind: 'number',
    label: 'Expiry after',
    group: 'Expression',
    help: 'Calendar days that a contract must have left at the least when it is opened.',
    unit: 'days',
    min: 5,
    max: 365,
    step: 1,
    integer: true,
    onlyWhen: inOptions,
    recommended: 30,
    original: 30,
  },
  daysTo: {
    kind: 'number',
    label: 'Expiry before',
    group: 'Expression',
    help: 'Calendar days that a contract may have left at the most when it is opened.',
    unit: 'days',
    min: 10,
    max: 400,
    step: 1,
    integer: true,
    onlyWhen: inOptions,
    recommended: 45,
    original: 45,
  },
  optionSizeBy: {
    kind: 'choice',
    label: 'Contracts by',
    group: 'Expression',
    help: 'Exposure buys as much delta as the shares would have; premium puts the whole size into the price of the options, which moves many times as much.',
    options: [
      { value: 'exposure', label: 'Exposure' },
      { value: 'premium', label: 'Premium' },
    ],
    onlyWhen: inOptions,
    recommended: 'exposure',
    original: 'premium',
  },
  premiumStop: {
    kind: 'number',
    label: 'Premium stop',
    group: 'Expression',
    help: 'Closed once selling at the closing bid would lose this share of what was paid, or of the margin where money was received.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.05,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 0.35,
    original: 0.35,
  },
  premiumTarget: {
    kind: 'number',
    label: 'Premium target',
    group: 'Expression',
    help: 'Closed once selling at the closing bid would gain this share; for options at the money.',
    unit: 'fraction',
    min: 0,
    max: 3,
    step: 0.05,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 0.25,
    original: 0.25,
  },
  premiumTargetOut: {
    kind: 'number',
    label: 'Target out of the money',
    group: 'Expression',
    help: 'The same for options with a delta below 0.45 when they were opened.',
    unit: 'fraction',
    min: 0,
    max: 3,
    step: 0.05,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 0.4,
    original: 0.4,
  },
  mostSpread: {
    kind: 'number',
    label: 'Spread at most',
    group: 'Expression',
    help: 'Contracts whose bid and ask are further apart than this share of their middle are left alone: a spread of 25 % loses 22 % on the way in and out.',
    unit: 'fraction',
    min: 0,
    max: 0.5,
    step: 0.01,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 0.05,
    original: 0.25,
  },
  optionBars: {
    kind: 'number',
    label: 'Hold at most',
    group: 'Expression',
    help: 'Trading days after which options are closed whatever happened.',
    unit: 'days',
    min: 0,
    max: 252,
    step: 1,
    integer: true,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 0,
    original: 2,
  },
  closeBefore: {
    kind: 'number',
    label: 'Leave before expiry',
    group: 'Expression',
    help: 'Calendar days before expiry at which options are closed, or rolled; off holds them to expiry, exercise and assignment included.',
    unit: 'days',
    min: 0,
    max: 60,
    step: 1,
    integer: true,
    zeroIsOff: true,
    onlyWhen: inOptions,
    recommended: 7,
    original: 7,
  },
  roll: {
    kind: 'boolean',
    label: 'Roll',
    group: 'Expression',
    help: 'Opens the same structure in a later expiry instead of leaving, as long as the signal has not been closed.',
    onlyWhen: inOptions,
    recommended: false,
    original: false,
  },
  spreadPaid: {
    kind: 'number',
    label: 'Spread paid',
    group: 'Option prices',
    help: 'Share of half the spread lost on each side: 100 % buys at the ask and sells at the bid.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.05,
    onlyWhen: inOptions,
    recommended: 1,
    original: 1,
  },
  contractFee: {
    kind: 'number',
    label: 'Fee per contract',
    group: 'Option prices',
    help: 'Dollars per contract and side.',
    unit: 'dollars',
    min: 0,
    max: 10,
    step: 0.05,
    onlyWhen: inOptions,
    recommended: 0.65,
    original: 0.65,
  },
  volDays: {
    kind: 'number',
    label: 'Realised volatility over',
    group: 'Option prices',
    help: 'Trading days of returns from which an option is priced that no chain quotes.',
    unit: 'days',
    min: 10,
    max: 252,
    step: 1,
    integer: true,
    onlyWhen: inOptions,
    recommended: 30,
    original: 30,
  },
  volPremium: {
    kind: 'number',
    label: 'Implied over realised',
    group: 'Option prices',
    help: 'Volatility at the money that options without a quote are priced at, as a multiple of the realised one.',
    unit: 'multiple',
    min: 0.5,
    max: 2,
    step: 0.05,
    onlyWhen: inOptions,
    recommended: 1.1,
    original: 1.1,
  },
  volSkew: {
    kind: 'number',
    label: 'Skew',
    group: 'Option prices',
    help: 'How volatility changes with log(strike ÷ forward) ÷ √years where no chain says so; negative makes low strikes dearer.',
    unit: 'plain',
    min: -0.5,
    max: 0.3,
    step: 0.01,
    onlyWhen: inOptions,
    recommended: -0.1,
    original: -0.1,
  },
  volCurvature: {
    kind: 'number',
    label: 'Curvature',
    group: 'Option prices',
    help: 'How volatility rises to both sides, with the square of the same distance.',
    unit: 'plain',
    min: 0,
    max: 0.5,
    step: 0.01,
    onlyWhen: inOptions,
    recommended: 0.1,
    original: 0.1,
  },
  modelHalfSpread: {
    kind: 'number',
    label: 'Half-spread',
    group: 'Option prices',
    help: 'Half the distance from bid to ask at a delta of 0.50 where no chain quotes it, as a share of the middle; up to four times as much far from the money.',
    unit: 'fraction',
    min: 0,
    max: 0.1,
    step: 0.0025,
    onlyWhen: inOptions,
    recommended: 0.01,
    original: 0.01,
  },
  optionRate: {
    kind: 'number',
    label: 'Rate in option prices',
    group: 'Option prices',
    help: 'Continuous yearly rate; a chain of American options does not tell it apart from dividends, so it is fixed.',
    unit: 'fraction',
    min: 0,
    max: 0.2,
    step: 0.0025,
    onlyWhen: inOptions,
    recommended: 0.03,
    original: 0.03,
  },
}

/** 0 means off. */
const on = (value: number) => (value > 0 ? value : undefined)

/** How these parameters trade a signal. */
export function expressionOf(params: ExpressionParams): Expression {
  return {
    structure: params.expression as StructureKind,
    delta: params.optionDelta,
    otherDelta: params.otherDelta,
    daysFrom: params.daysFrom,
    daysTo: params.daysTo,
    sizeBy: params.optionSizeBy as Expression['sizeBy'],
    premiumStop: on(params.premiumStop),
    premiumTarget: on(params.premiumTarget),
    premiumTargetOut: on(params.premiumTargetOut),
    mostSpread: on(params.mostSpread),
    closeBefore: params.closeBefore,
    roll: params.roll,
    spreadPaid: params.spreadPaid,
    contractFee: params.contractFee,
    model: {
      days: params.volDays,
      premium: params.volPremium,
      skew: params.volSkew,
      curvature: params.volCurvature,
      halfSpread: params.modelHalfSpread,
      staleAfter,
      rate: params.optionRate,
    },
  }
}
