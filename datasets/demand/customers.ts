import { exp, log } from '../../workers/quant/elementary.ts'
import { exchangeHolidays, isoDate, weekday } from '../calendar.ts'
import type { Random } from '../random.ts'

export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const
export type Sentiment = (typeof SENTIMENTS)[number]

/** What is usual with the customers of one company. */
export interface Customers {
  /** Tickets of an ordinary day at the start, and the size of their negative binomial, by sentiment. */
  tickets: Record<Sentiment, { usual: number; size: number }>
  downloads: { usual: number; noise: number }
  commits: { usual: number; size: number }
  seats: number
  /** By day of the week from Sunday, as a multiple. */
  week: Float64Array
  /** Log growth a year. */
  trend: number
}

export function drawCustomers(random: Random): Customers {
  const negative = exp(random.between(log(6), log(22)))
  const size = () => random.between(6, 16)
  const weekend = random.between(0.2, 0.6)
  return {
    tickets: {
      negative: { usual: negative, size: size() },
      neutral: { usual: negative * random.between(1.2, 2), size: size() },
      positive: { usual: Math.max(4, negative * random.between(0.4, 0.8)), size: size() },
    },
    downloads: { usual: exp(random.between(log(600), log(30000))), noise: random.between(0.06, 0.12) },
    commits: { usual: random.between(2, 6), size: random.between(3, 8) },
    seats: exp(random.between(log(4000), log(200000))),
    week: Float64Array.of(weekend, random.between(1.15, 1.4), 1.1, 1, 1, random.between(0.8, 0.95), weekend),
    trend: random.between(-0.08, 0.2),
  }
}

/**
 * [calendar days] what is usual on each day, as a multiple of an ordinary day at the start.
 * @param quiet [calendar days]
 */
export function usualPattern({ week, trend }: Customers, firstDay: number, quiet: readonly boolean[]) {
  return Float64Array.from(quiet, (isQuiet, day) => {
    const season = week[weekday(firstDay + day)]
    return (isQuiet ? Math.min(0.45, season) : season) * exp((trend * day) / 365)
  })
}

/** [calendar days] holidays of the exchange, and the days around New Year. */
export function quietDays(firstDay: number, calendarDays: number): boolean[] {
  const quiet: boolean[] = []
  let year = 0
  let holidays = new Set<number>()
  for (let day = firstDay; day < firstDay + calendarDays; day++) {
    const iso = isoDate(day)
    if (Number(iso.slice(0, 4)) !== year) {
      year = Number(iso.slice(0, 4))
      holidays = exchangeHolidays(year)
    }
    const monthDay = iso.slice(5)
    quiet.push(holidays.has(day) || monthDay >= '12-24' || monthDay <= '01-01')
  }
  return quiet
}
