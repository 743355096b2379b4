import type { DemandProblem, DemandTables } from '../../quant/demandTables.ts'
import type { Database } from '../database.ts'
import { rowsOfAll } from '../flights/rowsOfAll.ts'
import { plural } from '../quality/findings.ts'
import { knownOnCloseOf, minuteText } from './closeOf.ts'
import { Noticed } from './noticed.ts'

type News = DemandTables['news']

/** Headlines by company, then time; the same one twice is one. Needs `demand_companies`. */
export async function readNews(
  database: Database,
  tables: string[],
): Promise<{ news: News; problems: DemandProblem[] }> {
  if (tables.length === 0) {
    const none = {
      company: new Int32Array(0),
      published: new Float64Array(0),
      sentiment: new Float64Array(0),
    }
    return { news: { ...none, known: new Int32Array(0), headline: [] }, problems: [] }
  }
  const rows = rowsOfAll(tables, 'symbol, published_at, headline, sentiment, known_at')
  const found = await database.query(
    `SELECT company.ordinal AS company, epoch_ms(published_at)::DOUBLE / 60000 AS published, headline, sentiment,
       COALESCE(known_at - DATE '1970-01-01', -2147483648)::INTEGER AS known
     FROM ${rows} AS row JOIN demand_companies AS company USING (symbol) WHERE published_at IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY symbol, published_at, headline ORDER BY known_at, source, line) = 1
     ORDER BY company, published, source, line`,
  )
  const published = found.numbers('published').slice()
  const told = found.integers('known')
  const headline = found.texts('headline')
  const early = new Noticed()
  const known = told.map((day, i) => {
    const soonest = knownOnCloseOf(published[i])
    if (day < soonest) early.add(() => `${minuteText(published[i])} ${headline[i]}`)
    return Math.max(day, soonest)
  })
  return {
    news: {
      company: found.integers('company').slice(),
      published,
      sentiment: found.numbers('sentiment').slice(),
      known,
      headline,
    },
    problems: early.problem(
      'known-too-early',
      (n) =>
        `${plural(n, 'headline is', 'headlines are')} said to be known before the close at which it could be: used from that close on.`,
    ),
  }
}
