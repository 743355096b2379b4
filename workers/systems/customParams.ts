import { riskOrderings, riskParams } from './riskParams.ts'
import type { Ordering, RiskParams } from './riskParams.ts'
import type { Claim, ParamSchema } from './system.ts'

export type CustomParams = RiskParams & {
  minimumConviction: number
  sizing: string
  sizeAtFullConviction: number
  equalFraction: number
  riskBudget: number
  volatilityTarget: number
  volatilityDays: number
}

export const customName = 'Custom: your own signals'
export const customSummary =
  'Signals from your file, filled at the next open under the same rules, costs and checks as every other system.'
export const customReasons = ['Uploaded signal']
export const customClaims: Claim[] = []
export const customOrderings: Ordering[] = riskOrderings

export const customParams: ParamSchema<CustomParams> = {
  minimumConviction: {
    kind: 'number',
    label: 'Conviction at least',
    group: 'Signals',
    help: 'Entries of your file with a smaller conviction are left out; closing rows always count.',
    unit: 'plain',
    min: 0,
    max: 1,
    step: 0.01,
    zeroIsOff: true,
    recommended: 0,
    original: 0,
  },
  sizing: {
    kind: 'choice',
    label: 'Position size',
    group: 'Size',
    help: 'How large a position is where your file gives no size of its own.',
    options: [
      { value: 'conviction', label: 'by conviction' },
      { value: 'equal', label: 'all equal' },
      { value: 'risk', label: 'by loss at the stop' },
      { value: 'volatility', label: 'by volatility' },
    ],
    recommended: 'conviction',
    original: 'conviction',
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
    onlyWhen: { param: 'sizing', equals: 'conviction' },
    recommended: 0.15,
    original: 0.15,
  },
  equalFraction: {
    kind: 'number',
    label: 'Size of each position',
    group: 'Size',
    help: 'Share of equity put into every signal alike.',
    unit: 'fraction',
    min: 0.005,
    max: 2,
    step: 0.005,
    onlyWhen: { param: 'sizing', equals: 'equal' },
    recommended: 0.1,
    original: 0.1,
  },
  riskBudget: {
    kind: 'number',
    label: 'Loss at the stop',
    group: 'Size',
    help: 'Share of equity that a position loses when it is closed exactly at its stop.',
    unit: 'fraction',
    min: 0.0005,
    max: 0.1,
    step: 0.0005,
    onlyWhen: { param: 'sizing', equals: 'risk' },
    recommended: 0.005,
    original: 0.005,
  },
  volatilityTarget: {
    kind: 'number',
    label: 'Volatility of each position',
    group: 'Size',
    help: 'Yearly volatility that each position adds to the account, so that calm shares get more money.',
    unit: 'fraction',
    min: 0.001,
    max: 1,
    step: 0.001,
    onlyWhen: { param: 'sizing', equals: 'volatility' },
    recommended: 0.02,
    original: 0.02,
  },
  volatilityDays: {
    kind: 'number',
    label: 'Volatility over',
    group: 'Size',
    help: 'Trading days over which the volatility of a share is measured.',
    unit: 'days',
    min: 5,
    max: 252,
    step: 1,
    integer: true,
    onlyWhen: { param: 'sizing', equals: 'volatility' },
    recommended: 20,
    original: 20,
  },
  ...riskParams,
}
