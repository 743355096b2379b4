import { markdownTable } from '../markdownTable.ts'
import { sizeClasses, type Called, type StrikemapFigures } from './measureChains.ts'

const definitions = ['recommended', 'original'] as const
type Definition = (typeof definitions)[number]

const percent = (share: number, digits = 1): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(digits).replace('-', '−')} %` : '–'

const sum = (figures: readonly StrikemapFigures[], of: (one: StrikemapFigures) => number): number =>
  figures.reduce((total, one) => total + of(one), 0)

/** Sums of what a definition called. */
const called = (figures: readonly StrikemapFigures[], definition: Definition) => {
  const total = (of: (one: Called) => number) => sum(figures, (one) => of(one[definition]))
  const calls = total(({ cheap, dear }) => cheap + dear)
  return { total, calls }
}

const rowsOf = (rows: [string, (definition: Definition) => string][]): string =>
  markdownTable(
    ['', ...definitions],
    rows.map(([name, cell]) => [name, ...definitions.map(cell)]),
  )

/** Chains in which nothing is mispriced: whatever is called is false. */
export function fairTable(figures: readonly StrikemapFigures[]): string {
  const chains = sum(figures, (one) => one.chains)
  const tradable = sum(figures, (one) => one.tradable)
  const z = (count: number) => (definition: Definition) =>
    definition === 'recommended' ? percent(count / tradable, 2) : '–'
  return rowsOf([
    ['chains', () => String(chains)],
    ['contracts that can be traded', () => String(tradable)],
    ['called cheap', (d) => percent(called(figures, d).total(({ cheap }) => cheap) / tradable, 2)],
    ['called dear', (d) => percent(called(figures, d).total(({ dear }) => dear) / tradable, 2)],
    [
      'chains with a call: false discovery rate',
      (d) => percent(called(figures, d).total(({ chainsWithCalls }) => chainsWithCalls) / chains),
    ],
    [
      'mean edge of what is called, of the price',
      (d) => percent(called(figures, d).total(({ edge }) => edge) / called(figures, d).calls, 2),
    ],
    ['mean edge of all contracts', () => percent(sum(figures, (one) => one.edgeOfAll) / tradable, 2)],
    ['z beyond ± 1.96', z(sum(figures, (one) => one.beyond95))],
    ['z beyond ± 2.58', z(sum(figures, (one) => one.beyond99))],
  ])
}

/** Chains with mispricings: how many calls are right. */
export function callTable(figures: readonly StrikemapFigures[]): string {
  const chains = sum(figures, (one) => one.chains)
  const tradable = sum(figures, (one) => one.tradable)
  const mispriced = sum(figures, (one) => one.mispriced.reduce((total, count) => total + count, 0))
  return rowsOf([
    ['chains', () => String(chains)],
    ['contracts that can be traded', () => String(tradable)],
    ['of them mispriced by more than half a spread', () => percent(mispriced / tradable)],
    ['called cheap or dear', (d) => percent(called(figures, d).calls / tradable)],
    ['precision', (d) => percent(called(figures, d).total(({ right }) => right) / called(figures, d).calls)],
    ['recall', (d) => percent(called(figures, d).total(({ right }) => right) / mispriced)],
    [
      'false discovery rate, mean over chains',
      (d) => percent(called(figures, d).total(({ falseShares }) => falseShares) / chains),
    ],
    [
      'mean edge of what is called, of the price',
      (d) => percent(called(figures, d).total(({ edge }) => edge) / called(figures, d).calls, 2),
    ],
    [
      'calls with an edge above 0',
      (d) =>
        percent(called(figures, d).total(({ positiveEdges }) => positiveEdges) / called(figures, d).calls),
    ],
  ])
}

/** Recall by how far the mid is off, in half-spreads. */
export function sizeTable(figures: readonly StrikemapFigures[]): string {
  return markdownTable(
    ['off by, in half-spreads', 'contracts', ...definitions.map((name) => `found, ${name}`)],
    sizeClasses.map((most, i) => {
      const there = sum(figures, (one) => one.mispriced[i])
      const least = i === 0 ? 1 : sizeClasses[i - 1]
      return [
        most === Infinity ? `above ${least}` : `${least} to ${most}`,
        String(there),
        ...definitions.map((d) => percent(called(figures, d).total(({ found }) => found[i]) / there)),
      ]
    }),
  )
}
