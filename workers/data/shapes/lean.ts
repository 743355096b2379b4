import { mostRows, type Shape } from './shape.ts'

const priceScale = 10_000

/** Files of QuantConnect’s LEAN: no header, compact days, the ticker in the name of the file. */
export const leanShapes: Shape[] = [
  {
    name: 'LEAN',
    kind: 'prices',
    content: 'rows',
    fits: ({ header, rows }) =>
      !header &&
      mostRows(
        rows,
        (cells) =>
          (cells.length === 5 || cells.length === 6) &&
          /^\d{8} \d\d:\d\d$/.test(cells[0]) &&
          cells.slice(1).every((cell) => /^\d+$/.test(cell)),
      ),
    plan: () => ({ priceScale }),
  },
  {
    name: 'LEAN factors',
    kind: 'prices',
    content: 'lean-factors',
    fits: ({ header, rows }) =>
      !header &&
      mostRows(
        rows,
        (cells) =>
          cells.length === 4 &&
          /^\d{8}$/.test(cells[0]) &&
          cells.slice(1).every((cell) => cell !== '' && Number(cell) >= 0),
      ),
  },
  {
    name: 'LEAN map',
    kind: 'ticker_changes',
    content: 'rows',
    fits: ({ header, rows }) =>
      !header &&
      mostRows(
        rows,
        (cells) =>
          cells.length >= 2 &&
          cells.length <= 4 &&
          /^\d{8}$/.test(cells[0]) &&
          /^[a-z.]{1,8}$/i.test(cells[1]),
      ),
    plan: ({ rows: [first] }) => ({
      columns: { until: 0, ticker: 1, exchange: first.length > 2 ? 2 : undefined },
      notes: ['The day 31 December 2050 stands for “still”.'],
    }),
  },
]
