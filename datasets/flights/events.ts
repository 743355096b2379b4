import { epochDay, isoDate } from '../calendar.ts'
import type { Deal } from '../deals.ts'
import { createRandom } from '../random.ts'

/** A row of the `events` table. */
export interface CompanyEvent {
  /** Index of a company. */
  company: number
  /** Epoch day; known before the exchange opens. */
  announcedOn: number
  kind: 'target' | 'acquirer' | 'terminated' | 'earnings'
  /** Index of the other company of a deal. */
  counterparty: number | null
}

/** Both sides of every deal, of its end where it breaks, and the quarterly results; by company and day. */
export function companyEvents(
  symbols: readonly string[],
  deals: readonly Deal[],
  dates: Int32Array,
  listedUntil: Int32Array,
  seed: number,
): CompanyEvent[] {
  const events: CompanyEvent[] = []
  for (const { target, acquirer, announced, outcome, ends } of deals) {
    const announcedOn = dates[announced]
    events.push({ company: target, announcedOn, kind: 'target', counterparty: acquirer })
    events.push({ company: acquirer, announcedOn, kind: 'acquirer', counterparty: target })
    if (outcome !== 'broken') continue
    events.push({ company: target, announcedOn: dates[ends], kind: 'terminated', counterparty: acquirer })
    events.push({ company: acquirer, announcedOn: dates[ends], kind: 'terminated', counterparty: target })
  }
  for (let company = 0; company < listedUntil.length; company++) {
    for (const announcedOn of earningsDays(symbols[company], dates, dates[listedUntil[company]], seed))
      events.push({ company, announcedOn, kind: 'earnings', counterparty: null })
  }
  return events.sort((a, b) => a.company - b.company || a.announcedOn - b.announcedOn)
}

/** Three to six weeks after each quarter of a company's own financial year, on a trading day. */
function earningsDays(symbol: string, dates: Int32Array, lastListed: number, seed: number): number[] {
  const random = createRandom(seed, `earnings ${symbol}`)
  // Most financial years end with a calendar quarter.
  const shift = random.chance(0.8) ? 0 : 1 + random.below(2)
  const habit = 21 + random.below(18)
  const trading = new Set(dates)
  const firstYear = Number(isoDate(dates[0]).slice(0, 4))
  const days: number[] = []
  for (let quarter = -1; ; quarter++) {
    const end = epochDay(firstYear, 1 + 3 * quarter + shift, 1)
    let day = end + habit + random.below(5)
    if (day > dates.at(-1)!) return days
    if (day < dates[0]) continue
    while (!trading.has(day) && day <= dates.at(-1)!) day++
    if (day <= lastListed && trading.has(day)) days.push(day)
  }
}
