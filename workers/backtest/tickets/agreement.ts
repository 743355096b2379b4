import { severities, type DemandTables } from '../../quant/demandTables.ts'

/** Calendar days on either side within which a source agrees with an unusual day. */
export const agreesWithin = 10

const minor = severities.indexOf('minor')
const dayOf = (minutes: number): number => Math.floor(minutes / 1440)

type AgreeingTables = Pick<DemandTables, 'companies' | 'products' | 'incidents' | 'news'>

/**
 * Days on which incidents and news agreed that things went badly (−1) or well (+1): the starts of incidents of any
 * gravity, headlines of that mood. Looks at the future as well as the past: it judges signals, and makes none.
 */
export class Agreement {
  /** By company and direction: ascending epoch days. */
  private readonly days = new Map<string, number[]>()

  constructor({ companies, products, incidents, news }: AgreeingTables) {
    // Where the counts are made of incidents, those would agree with themselves.
    const counted = new Set(products.company.filter((_, product) => products.derived[product] === 1))
    incidents.company.forEach((company, i) => {
      if (incidents.severity[i] >= minor && !counted.has(company))
        this.daysOf(companies.symbol[company], -1).push(dayOf(incidents.started[i]))
    })
    news.company.forEach((company, i) => {
      const direction = Math.sign(news.sentiment[i])
      if (direction === 1 || direction === -1)
        this.daysOf(companies.symbol[company], direction).push(dayOf(news.published[i]))
    })
    for (const days of this.days.values()) days.sort((a, b) => a - b)
  }

  /** Whether a source agreed within ten days, and the days until the first that did so on the day or after it. */
  around(symbol: string, direction: 1 | -1, day: number): { agrees: boolean; lead: number } {
    const days = this.daysOf(symbol, direction)
    const later = days.find((each) => each >= day)
    const lead = later === undefined || later - day > agreesWithin ? NaN : later - day
    const agrees = !Number.isNaN(lead) || days.some((each) => each < day && day - each <= agreesWithin)
    return { agrees, lead }
  }

  /** Share of all days from one to another on which a source agrees within ten days. */
  shareOf(symbol: string, direction: 1 | -1, from: number, to: number): number {
    let covered = 0
    let next = from
    for (const day of this.daysOf(symbol, direction)) {
      const start = Math.max(next, day - agreesWithin)
      const end = Math.min(to, day + agreesWithin)
      if (end < start) continue
      covered += end - start + 1
      next = end + 1
    }
    return covered / (to - from + 1)
  }

  private daysOf(symbol: string, direction: 1 | -1): number[] {
    const key = `${direction} ${symbol}`
    let days = this.days.get(key)
    if (!days) this.days.set(key, (days = []))
    return days
  }
}
