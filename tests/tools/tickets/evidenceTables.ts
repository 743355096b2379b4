import { Random } from '../../../workers/quant/random.ts'
import { markdownTable } from '../markdownTable.ts'
import { presets, type MarketFigures, type TradeFigures } from './measureMarket.ts'

const resamples = 2_000

/** A mean over trades, or the largest of them. */
interface Figure {
  of: (trade: TradeFigures) => number
  largest?: true
}

/** A figure of all trades with a 95 % interval: markets are drawn anew, since their trades hang together. */
export function withInterval(
  markets: readonly (readonly TradeFigures[])[],
  { of, largest }: Figure,
): { value: number; low: number; high: number } {
  const each = markets.map((trades) => {
    const values = trades.map(of)
    return { count: values.length, sum: sumOf(values), most: Math.max(-Infinity, ...values) }
  })
  const pooled = (some: typeof each) =>
    largest
      ? Math.max(...some.map(({ most }) => most))
      : sumOf(some.map(({ sum }) => sum)) / sumOf(some.map(({ count }) => count))
  const random = new Random(1)
  const drawn = Array.from({ length: resamples }, () =>
    pooled(each.map(() => each[random.below(each.length)])),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  return {
    value: pooled(each),
    low: drawn[Math.floor(0.025 * drawn.length)] ?? NaN,
    high: drawn[Math.ceil(0.975 * drawn.length) - 1] ?? NaN,
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const meanOf = (of: Figure['of'], trades: readonly TradeFigures[]) => sumOf(trades.map(of)) / trades.length
const won = (trade: TradeFigures) => Number(trade.return > 0)
const gain = (trade: TradeFigures) => trade.return
/** Of trades that were made on an account. */
const lostMore = (most: number) => (trade: TradeFigures) =>
  Number.isNaN(trade.loss) ? NaN : Number(trade.loss > most)

const percent = (digits: number) => (value: number) =>
  Number.isNaN(value) ? '–' : `${(100 * value).toFixed(digits).replace('-', '−')} %`
const plain = (value: number) => value.toFixed(1)

const figures: (Figure & { label: string; write: (value: number) => string; claim: string })[] = [
  { label: 'trades that win', of: won, write: percent(1), claim: '55–70 %' },
  { label: 'return of a trade', of: gain, write: percent(2), claim: '0.5–3 %' },
  { label: 'bars held', of: ({ bars }) => bars, write: plain, claim: '3–14' },
  {
    label: 'held 3 to 14 bars',
    of: ({ bars }) => Number(bars >= 3 && bars <= 14),
    write: percent(1),
    claim: '',
  },
  { label: 'lost more than 0.25 % of equity', of: lostMore(0.0025), write: percent(1), claim: '0 %' },
  { label: 'the same by more than a tenth of it', of: lostMore(0.00275), write: percent(1), claim: '0 %' },
  { label: 'largest loss', of: ({ loss }) => loss, largest: true, write: percent(2), claim: '0.25 %' },
]

/** Pooled over markets of one strength: the system, the oracle, the claims. */
export function pooledTable(markets: readonly MarketFigures[]): string {
  const columns = presets.flatMap((preset) => [
    { title: preset, of: markets.map(({ runs }) => runs[preset].trades) },
    { title: `oracle, ${preset} exits`, of: markets.map(({ oracle }) => oracle[preset]) },
  ])
  const rows = figures.map(({ label, write, claim, ...figure }) => [
    label,
    ...columns.map(({ of: each }) => {
      const { value, low, high } = withInterval(each, figure)
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

/** By what became of the link between tickets and prices about the middle of the market; recommended preset. */
export function fateTable(markets: readonly MarketFigures[]): string {
  return markdownTable(
    [
      'after the middle the link',
      'markets',
      'trades',
      'win',
      'return of a trade',
      'oracle’s trades',
      'win',
      'return',
    ],
    ['lasting', 'fading', 'reversing'].map((fate) => {
      const own = markets.filter((market) => market.fate === fate)
      const trades = own.flatMap(({ runs }) => runs.recommended.trades)
      const oracle = own.flatMap((market) => market.oracle.recommended)
      const figuresOf = (some: TradeFigures[]) => [
        String(some.length),
        percent(1)(meanOf(won, some)),
        percent(2)(meanOf(gain, some)),
      ]
      return [fate, String(own.length), ...figuresOf(trades), ...figuresOf(oracle)]
    }),
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
        percent(1)(meanOf(won, own)),
        percent(2)(meanOf(gain, own)),
      ]
    }),
  )
}
