import { Random } from '../../../workers/quant/random.ts'
import { markdownTable } from '../markdownTable.ts'
import { presets, type MarketFigures, type TradeFigures } from './measureMarket.ts'

const resamples = 2_000

type Figure = (trades: readonly TradeFigures[]) => number

/** A figure of all trades with a 95 % interval: markets are drawn anew, since their trades hang together. */
export function withInterval(
  markets: readonly (readonly TradeFigures[])[],
  figure: Figure,
): { value: number; low: number; high: number } {
  const random = new Random(1)
  const drawn = Array.from({ length: resamples }, () =>
    figure(markets.flatMap(() => markets[random.below(markets.length)])),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  return {
    value: figure(markets.flat()),
    low: drawn[Math.floor(0.025 * drawn.length)] ?? NaN,
    high: drawn[Math.ceil(0.975 * drawn.length) - 1] ?? NaN,
  }
}

const meanOf = (of: (trade: TradeFigures) => number): Figure => {
  return (trades) => trades.reduce((sum, trade) => sum + of(trade), 0) / trades.length
}
const shareOf = (is: (trade: TradeFigures) => boolean) => meanOf((trade) => Number(is(trade)))

/** Of trades that were made on an account. */
const lossBeyond = (most: number) => meanOf(({ loss }) => (Number.isNaN(loss) ? NaN : Number(loss > most)))

const percent = (digits: number) => (value: number) =>
  Number.isNaN(value) ? '–' : `${(100 * value).toFixed(digits).replace('-', '−')} %`
const plain = (value: number) => value.toFixed(1)

const figures: { label: string; of: Figure; write: (value: number) => string; claim: string }[] = [
  { label: 'trades that win', of: shareOf((trade) => trade.return > 0), write: percent(1), claim: '55–70 %' },
  { label: 'return of a trade', of: meanOf((trade) => trade.return), write: percent(2), claim: '0.5–3 %' },
  { label: 'bars held', of: meanOf((trade) => trade.bars), write: plain, claim: '3–14' },
  {
    label: 'held 3 to 14 bars',
    of: shareOf(({ bars }) => bars >= 3 && bars <= 14),
    write: percent(1),
    claim: '',
  },
  {
    label: 'lost more than 0.25 % of equity',
    of: lossBeyond(0.0025),
    write: percent(1),
    claim: '0 %',
  },
  {
    label: 'the same by more than a tenth of it',
    of: lossBeyond(0.00275),
    write: percent(1),
    claim: '0 %',
  },
  {
    label: 'largest loss',
    of: (trades) => Math.max(...trades.map(({ loss }) => loss)),
    write: percent(2),
    claim: '0.25 %',
  },
]

/** Pooled over markets of one strength: the system, the oracle, the claims. */
export function pooledTable(markets: readonly MarketFigures[]): string {
  const columns = presets.flatMap((preset) => [
    { title: preset, of: markets.map(({ runs }) => runs[preset].trades) },
    { title: `oracle, ${preset} exits`, of: markets.map(({ oracle }) => oracle[preset]) },
  ])
  const rows = figures.map(({ label, of, write, claim }) => [
    label,
    ...columns.map(({ of: each }) => {
      const { value, low, high } = withInterval(each, of)
      return Number.isFinite(value) ? `${write(value)} (${write(low)} to ${write(high)})` : '–'
    }),
    claim,
  ])
  const count = ['trades', ...columns.map(({ of }) => String(of.flat().length)), '']
  return markdownTable(['', ...columns.map(({ title }) => title), 'claimed'], [count, ...rows])
}

/** How many markets had which verdict, and which state each claim. */
export function verdictTable(markets: readonly MarketFigures[]): string {
  const tally = (values: string[]) =>
    [...new Set(values)]
      .sort()
      .map((value) => `${value}: ${values.filter((each) => each === value).length}`)
      .join(', ')
  const of = (read: (market: MarketFigures) => string) => tally(markets.map(read))
  const claims = markets[0].runs.recommended.claims.map(({ text }, i) => [
    text,
    ...presets.map((preset) => of(({ runs }) => runs[preset].claims[i].state)),
  ])
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1].toFixed(2)
  return markdownTable(
    ['', ...presets],
    [
      ['verdict', ...presets.map((preset) => of(({ runs }) => runs[preset].verdict))],
      ['median Sharpe', ...presets.map((preset) => median(markets.map(({ runs }) => runs[preset].sharpe)))],
      ...claims,
    ],
  )
}

/** Which spell the companies were in, of the recommended preset. */
export function spellTable(markets: readonly MarketFigures[]): string {
  const trades = markets.flatMap(({ runs }) => runs.recommended.trades)
  const kinds = [...new Set(trades.map(({ spell }) => spell))].sort()
  return markdownTable(
    ['what was going on', 'trades', 'win', 'return of a trade'],
    kinds.map((kind) => {
      const own = trades.filter(({ spell }) => spell === kind)
      return [
        kind || 'nothing',
        String(own.length),
        percent(1)(shareOf((trade) => trade.return > 0)(own)),
        percent(2)(meanOf((trade) => trade.return)(own)),
      ]
    }),
  )
}
