import type { ParamSchema } from '../system.ts'

export type IntegratedParams = {
  signalSource: string
  leastRank: number
  strongRank: number
  strongAs: string
}

const integrated = { param: 'signalSource', equals: 'integrated' } as const

export const integratedParams: ParamSchema<IntegratedParams> = {
  signalSource: {
    kind: 'choice',
    label: 'Signals from',
    group: 'Signals',
    help: 'Six technical signals on prices, or the convictions of Jet and the unusual days of Tickets by their recommended settings, weighed with the Strikemap.',
    options: [
      { value: 'technical', label: 'Six signals' },
      { value: 'integrated', label: 'Jet and Tickets' },
    ],
    recommended: 'technical',
    original: 'technical',
  },
  leastRank: {
    kind: 'number',
    label: 'Rank at least',
    group: 'Integrated',
    help: 'Signals ranked below are left alone; the rank is 0.7 × conviction × confidence + 0.3 × availability of cheap contracts in the direction of the signal.',
    unit: 'plain',
    min: 0,
    max: 1,
    step: 0.05,
    zeroIsOff: true,
    onlyWhen: integrated,
    recommended: 0,
    original: 0,
  },
  strongRank: {
    kind: 'number',
    label: 'Strong from',
    group: 'Integrated',
    help: 'Signals ranked here or higher are traded as set below; weaker ones as the expression says.',
    unit: 'plain',
    min: 0,
    max: 1,
    step: 0.05,
    onlyWhen: integrated,
    recommended: 0.6,
    original: 0.6,
  },
  strongAs: {
    kind: 'choice',
    label: 'Strong signals become',
    group: 'Integrated',
    help: 'By rule: a cheap option beside shares where the Strikemap has one, protected shares where it has none.',
    options: [
      { value: 'rule', label: 'By rule' },
      { value: 'option-and-shares', label: 'Option and shares' },
      { value: 'protective-put', label: 'Protected shares' },
      { value: 'none', label: 'As the others' },
    ],
    onlyWhen: integrated,
    recommended: 'rule',
    original: 'rule',
  },
}
