import { column, table } from './rules.ts'

export const tickerChanges = table({
  name: 'ticker_changes',
  rows: 'tickers of a company through time',
  doc: 'Which ticker a share traded under, and until when (LEAN map files).',
  columns: [
    column('symbol', 'VARCHAR', 'Ticker of today.', ['symbol'], {
      key: true,
      required: true,
      form: 'symbol',
    }),
    column('until', 'DATE', 'Last day of the ticker.', ['until', 'date', 'validto'], {
      key: true,
      required: true,
      unit: 'day',
    }),
    column('ticker', 'VARCHAR', 'Ticker until that day.', ['ticker'], { required: true, form: 'symbol' }),
    column('exchange', 'VARCHAR', 'Where it was listed.', ['exchange'], { mayBeBlank: true }),
  ],
  sources: [],
  time: 'until',
  subject: 'symbol',
})
