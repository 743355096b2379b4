import { Random } from '../../../workers/quant/random.ts'
import { markdownTable } from '../markdownTable.ts'
import type { MarketFigures, RunFigures } from './measureMarket.ts'

const resamples = 2_000
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const minus = (text: string) => text.replace('-', '−')
const plain = (value: number) => minus(value.toFixed(2))
const percent = (value: number) => minus(`${(100 * value).toFixed(1)} %`)

/** A mean over markets with a 95 % interval: markets are drawn anew. */
function withInterval(values: readonly number[], write: (value: number) => string): string {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return '–'
  const random = new Random(1)
  const drawn = Array.from({ length: resamples }, () =>
    meanOf(known.map(() => known[random.below(known.length)])),
  ).sort((a, b) => a - b)
  const [low, high] = [0.025, 0.975].map((share) => drawn[Math.floor(share * (drawn.length - 1))])
  return `${write(meanOf(known))} (${write(low)} to ${write(high)})`
}

const names = (markets: readonly MarketFigures[]) => Object.keys(markets[0].runs)
const of = (markets: readonly MarketFigures[], name: string): RunFigures[] =>
  markets.map(({ runs }) => runs[name])

/** Every way to trade: means over the markets, out of sample. */
export function runTable(markets: readonly MarketFigures[]): string {
  const rows = names(markets).map((name) => {
    const runs = of(markets, name)
    const trades = runs.reduce((sum, run) => sum + run.trades, 0)
    const wins = runs.reduce((sum, run) => sum + run.wins, 0)
    return [
      name,
      Math.round(trades / runs.length).toString(),
      percent(wins / trades),
      withInterval(
        runs.map(({ sharpe }) => sharpe),
        plain,
      ),
      withInterval(
        runs.map(({ cagr }) => cagr),
        percent,
      ),
      withInterval(
        runs.map(({ alpha }) => alpha),
        percent,
      ),
      percent(meanOf(runs.map(({ maxDrawdown }) => maxDrawdown))),
      percent(meanOf(runs.map(({ modelled }) => modelled))),
    ]
  })
  const oracle = withInterval(
    markets.map(({ oracle: sharpe }) => sharpe),
    plain,
  )
  return markdownTable(
    [
      'traded as',
      'trades a market',
      'win',
      'Sharpe',
      'a year',
      'alpha a year',
      'drawdown',
      'marks not quoted',
    ],
    [...rows, ['oracle of the regimes, five years', '', '', oracle, '', '', '', '']],
  )
}

/** How often each claim was met, not met or undecided. */
export function claimTable(markets: readonly MarketFigures[]): string {
  const claims = markets[0].runs[names(markets)[0]].claims.map(({ text }) => text)
  return markdownTable(
    ['traded as', ...claims.map((text) => `${text}: met / not met / undecided`)],
    names(markets).map((name) => [
      name,
      ...claims.map((_, i) => {
        const states = of(markets, name).map((run) => run.claims[i].state)
        return ['met', 'not met', 'undecided']
          .map((state) => states.filter((one) => one === state).length)
          .join(' / ')
      }),
    ]),
  )
}

const verdicts = [
  'hard to explain by luck',
  'fragile',
  'consistent with luck',
  'too little data',
  'not assessable',
]

export function verdictTable(markets: readonly MarketFigures[]): string {
  return markdownTable(
    ['traded as', ...verdicts],
    names(markets).map((name) => [
      name,
      ...verdicts.map((kind) =>
        of(markets, name)
          .filter(({ verdict }) => verdict === kind)
          .length.toString(),
      ),
    ]),
  )
}

/** The three systems, an equal part of each, and the integrated mode, out of sample. */
export function combinedTable(markets: readonly MarketFigures[]): string {
  const combined = markets.flatMap((market) => (market.combined ? [market.combined] : []))
  const rows = combined[0].parts.map(({ label }, i) => {
    const parts = combined.map(({ parts: all }) => all[i]).filter(({ problem }) => problem === '')
    return [
      label,
      withInterval(
        parts.map(({ sharpe }) => sharpe),
        plain,
      ),
      percent(meanOf(parts.map(({ cagr }) => cagr))),
      percent(meanOf(parts.map(({ annualVolatility }) => annualVolatility))),
      percent(meanOf(parts.map(({ maxDrawdown }) => maxDrawdown))),
      Math.round(meanOf(parts.map(({ trades }) => trades))).toString(),
    ]
  })
  const saved = withInterval(
    combined.map(({ diversification }) => diversification),
    plain,
  )
  return (
    markdownTable(['book', 'Sharpe', 'a year', 'volatility', 'drawdown', 'trades'], rows) +
    `\n\nVolatility of the equal book ÷ mean volatility of its parts: ${saved}.`
  )
}

/** Mean correlation of daily returns. */
export function correlationTable(markets: readonly MarketFigures[]): string {
  const combined = markets.flatMap((market) => (market.combined ? [market.combined] : []))
  const labels = combined[0].parts.map(({ label }) => label)
  const n = labels.length
  return markdownTable(
    ['', ...labels],
    labels.map((label, i) => [
      label,
      ...labels.map((_, j) => {
        const values = combined
          .map(({ correlation }) => correlation[i * n + j])
          .filter((r) => !Number.isNaN(r))
        return values.length > 0 ? plain(meanOf(values)) : '–'
      }),
    ]),
  )
}
