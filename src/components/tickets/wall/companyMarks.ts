import { severities, type TicketMarks } from '../../../../workers/backtest/api.ts'
import type { CellPicture } from './paintCell.ts'

const maintenance = severities.indexOf('maintenance')
const major = severities.indexOf('major')

/** What else happened at each company, found by its symbol. */
export class CompanyMarks {
  private readonly company: Map<string, number>

  constructor(private readonly marks: TicketMarks) {
    this.company = new Map(marks.symbols.map((symbol, i) => [symbol, i]))
  }

  /** What of it falls into a range of days, both ends included; maintenance is no incident. */
  of(symbol: string, from: number, to: number): Pick<CellPicture, 'incidents' | 'releases' | 'news'> {
    const { incidents, releases, news } = this.marks
    const company = this.company.get(symbol) ?? -1
    return {
      incidents: rowsOf(incidents.company, company).flatMap((i) =>
        incidents.severity[i] > maintenance && incidents.to[i] >= from && incidents.from[i] <= to
          ? [
              {
                from: Math.max(from, incidents.from[i]),
                to: Math.min(to, incidents.to[i]),
                grave: incidents.severity[i] >= major,
              },
            ]
          : [],
      ),
      releases: rowsOf(releases.company, company)
        .map((i) => releases.day[i])
        .filter((day) => day >= from && day <= to),
      news: rowsOf(news.company, company).flatMap((i) =>
        news.day[i] >= from && news.day[i] <= to ? [{ day: news.day[i], sentiment: news.sentiment[i] }] : [],
      ),
    }
  }
}

/** Rows of one company in a column that is sorted by company. */
function rowsOf(companies: Int32Array, company: number): number[] {
  const first = companies.indexOf(company)
  if (first < 0) return []
  return Array.from({ length: companies.lastIndexOf(company) - first + 1 }, (_, i) => first + i)
}
