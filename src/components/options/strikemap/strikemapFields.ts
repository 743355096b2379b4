import type { StrikemapSettings } from '../../../../workers/backtest/api.ts'
import { recommendedStrikemap } from '../../../../workers/backtest/api.ts'
import type { NumberSpec } from '../../../../workers/systems/api.ts'

type Name = Exclude<keyof StrikemapSettings, 'definition'>

const share = (label: string, help: string, min: number, max: number, step: number) =>
  ({ label, help, min, max, step, unit: 'fraction' }) as const
const many = (label: string, help: string) =>
  ({ label, help, min: 0, max: 5_000, step: 10, unit: 'count', integer: true }) as const
const level = (label: string, help: string) =>
  ({ label, help, min: 0, max: 5, step: 0.1, unit: 'plain' }) as const

const fields = {
  falseDiscovery: share(
    'False discoveries',
    'Of the contracts called cheap or dear, this share may be false. Benjamini and Hochberg’s procedure over the tradable contracts of the chain.',
    0.01,
    0.5,
    0.01,
  ),
  cheapBelow: level('Cheap below −z', 'Contracts with a z below minus this are called cheap.'),
  dearAbove: level('Dear above z', 'Contracts with a z above this are called dear.'),
  leastVolume: many('Volume at least', 'Contracts traded that day.'),
  leastOpenInterest: many('Open interest at least', 'Contracts held by somebody at the last close.'),
  mostSpread: share('Spread at most', 'Ask less bid, of their middle.', 0.005, 1, 0.005),
  callFrom: share('Calls from', 'Lowest strike of a call, of the share’s price.', 0.5, 1.5, 0.01),
  callTo: share('Calls to', 'Highest strike of a call, of the share’s price.', 0.5, 2, 0.01),
  putFrom: share('Puts from', 'Lowest strike of a put, of the share’s price.', 0.3, 1.5, 0.01),
  putTo: share('Puts to', 'Highest strike of a put, of the share’s price.', 0.5, 1.5, 0.01),
  rate: share(
    'Interest rate',
    'A year, continuous. A chain of American options does not tell it apart from dividends, so it is given.',
    0,
    0.1,
    0.0025,
  ),
} satisfies Record<Name, Omit<NumberSpec, 'kind' | 'group' | 'recommended' | 'original'>>

/** Fields of a form, in order; those that do not matter to the definition are left out. */
export function strikemapFields({ definition }: StrikemapSettings): { name: Name; spec: NumberSpec }[] {
  const unused: Name[] = definition === 'recommended' ? ['cheapBelow', 'dearAbove'] : ['falseDiscovery']
  return (Object.keys(fields) as Name[])
    .filter((name) => !unused.includes(name))
    .map((name) => ({
      name,
      spec: {
        kind: 'number',
        group: '',
        recommended: recommendedStrikemap[name],
        original: recommendedStrikemap[name],
        ...fields[name],
      },
    }))
}

/** Why a value does not go with the others; null where it does. */
export function conflictOf(settings: StrikemapSettings, name: Name, value: number): string | null {
  const next = { ...settings, [name]: value }
  if (next.callFrom >= next.callTo) return 'The lowest strike of calls must lie below the highest.'
  if (next.putFrom >= next.putTo) return 'The lowest strike of puts must lie below the highest.'
  return null
}
