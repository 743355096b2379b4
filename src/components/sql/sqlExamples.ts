import type { TableName } from '../../../workers/data/api.ts'

export interface SqlExample {
  question: string
  /** Tables that hold the answer. */
  needs: TableName[]
  sql: string
}

/** Questions that people ask of such tables, each with a statement that answers it. */
export const sqlExamples: SqlExample[] = [
  {
    question: 'Which symbols miss trading days?',
    needs: ['prices'],
    sql: `-- Days on which others traded, between the first and the last day of each symbol.
WITH days AS (SELECT DISTINCT date FROM prices),
own AS (
  SELECT symbol, min(date) AS first_day, max(date) AS last_day, count(DISTINCT date) AS present
  FROM prices
  GROUP BY symbol
)
SELECT symbol, first_day, last_day, present, count(*) - present AS missing
FROM own JOIN days ON days.date BETWEEN first_day AND last_day
GROUP BY symbol, first_day, last_day, present
HAVING count(*) > present
ORDER BY missing DESC, symbol`,
  },
  {
    question: 'How did the average stock do, month by month?',
    needs: ['prices'],
    sql: `WITH daily AS (
  SELECT date, close / lag(close) OVER (PARTITION BY symbol ORDER BY date) - 1 AS change
  FROM prices
)
SELECT date_trunc('month', date) AS month, 100 * avg(change) AS average_daily_change_percent
FROM daily
WHERE change IS NOT NULL
GROUP BY month
ORDER BY month`,
  },
  {
    question: 'Which aircraft visited which airport most?',
    needs: ['flights', 'aircraft'],
    sql: `WITH tails AS (
  SELECT icao24, any_value(registration) AS tail, any_value(symbol) AS symbol
  FROM aircraft
  GROUP BY icao24
)
SELECT destination, icao24, tail, symbol, count(*) AS landings, max(departed_at) AS latest
FROM flights LEFT JOIN tails USING (icao24)
WHERE destination IS NOT NULL
GROUP BY destination, icao24, tail, symbol
ORDER BY landings DESC
LIMIT 200`,
  },
  {
    question: 'Where did aircraft fly in the 30 days before a deal?',
    needs: ['flights', 'aircraft', 'events'],
    sql: `SELECT e.announced_on, e.symbol, e.kind, e.counterparty, f.departed_at, f.icao24, f.origin, f.destination
FROM events e
JOIN aircraft a ON a.symbol = e.symbol
  AND e.announced_on BETWEEN coalesce(a.valid_from, DATE '1900-01-01') AND coalesce(a.valid_to, DATE '2999-12-31')
JOIN flights f ON f.icao24 = a.icao24
  AND f.departed_at >= e.announced_on - 30 AND f.departed_at < e.announced_on
WHERE e.kind IN ('target', 'acquirer', 'merger')
ORDER BY e.announced_on DESC, f.departed_at
LIMIT 2000`,
  },
  {
    question: 'On which weekday do tickets come?',
    needs: ['tickets'],
    sql: `SELECT dayname(date) AS weekday, sum("count") AS tickets,
  sum("count") FILTER (WHERE sentiment = 'negative') AS negative
FROM tickets
GROUP BY weekday, isodow(date)
ORDER BY isodow(date)`,
  },
  {
    question: 'Which option quotes have the widest spreads?',
    needs: ['options'],
    sql: `SELECT symbol, quote_date, expiry, strike, "right", bid, ask, volume,
  round(100 * (ask - bid) / ((ask + bid) / 2), 1) AS spread_percent
FROM options
WHERE bid > 0 AND ask > bid
ORDER BY spread_percent DESC
LIMIT 500`,
  },
  {
    question: 'How many rows does every file have, and from when to when?',
    needs: ['prices'],
    sql: `SELECT dataset, count(*) AS "rows", count(DISTINCT symbol) AS symbols, min(date) AS first_day, max(date) AS last_day
FROM prices
GROUP BY dataset`,
  },
]
