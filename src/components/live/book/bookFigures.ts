import type { PaperView } from '../../../../workers/backtest/api.ts'

/** All paper portfolios as one, in money of the day of each. Fractions are of the total equity. */
export interface Totals {
  books: number
  equity: number
  /** Since each was opened. */
  profit: number
  lots: number
  gross: number
  net: number
  worstCase: number
  /** NaN where no book with lots can tell. */
  worstCaseGap: number
}

export function totalsOf(views: PaperView[]): Totals {
  const sum = (of: (view: PaperView) => number): number => views.reduce((total, view) => total + of(view), 0)
  const equity = sum(({ board }) => board.equity)
  const share = (of: (view: PaperView) => number): number =>
    sum((view) => view.board.equity * of(view)) / equity
  return {
    books: views.length,
    equity,
    profit: sum(gainOf),
    lots: sum(({ board }) => board.lots.length),
    gross: share(({ board }) => board.gross),
    net: share(({ board }) => board.net),
    worstCase: share(({ board }) => board.worstCase),
    // A book without lots loses nothing, however few stop exits it has had.
    worstCaseGap: share(({ board }) => (board.lots.length === 0 ? 0 : board.worstCaseGap)),
  }
}

/** What a book began with, in money. */
export function capitalOf({ book, equity }: PaperView): number {
  const { capital } = book.request.params
  return typeof capital === 'number' ? capital : (equity[0] ?? NaN)
}

/** Equity now less what it began with, in money. */
export const gainOf = (view: PaperView): number => view.board.equity - capitalOf(view)

export interface Nearness {
  symbol: string
  direction: 1 | -1
  price: number
  stop: number
  target: number
  /** Fractions of the price that are left to go; negative where it is passed; NaN = there is none. */
  toStop: number
  toTarget: number
  /** Where the price stands between stop (0) and target (1); NaN where either is missing. */
  at: number
  /** Where it was entered. */
  entryAt: number
}

/** How near every lot is to its stop and target, the nearest to its stop first. */
export function nearnessOf({ lots }: PaperView['board']): Nearness[] {
  return lots
    .map(({ symbol, direction, price, stop, target, entryPrice }) => {
      const place = (value: number): number => (value - stop) / (target - stop)
      return {
        symbol,
        direction,
        price,
        stop,
        target,
        toStop: (direction * (price - stop)) / price,
        toTarget: (direction * (target - price)) / price,
        at: place(price),
        entryAt: place(entryPrice),
      }
    })
    .sort((a, b) => order(a.toStop) - order(b.toStop))
}

const order = (value: number): number => (Number.isNaN(value) ? Infinity : value)
