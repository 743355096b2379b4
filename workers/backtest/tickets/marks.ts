import type { DemandTables } from '../../quant/demandTables.ts'
import type { TicketMarks } from './contract.ts'

const minutesPerDay = 1440

/** Incidents, releases and news by company and day; an incident of which no end is told is open on its first day. */
export function ticketMarks({ companies, products, adoption, incidents, news }: DemandTables): TicketMarks {
  const started = Int32Array.from(incidents.started, (minute) => Math.floor(minute / minutesPerDay))
  const releases: { company: number; day: number }[] = []
  adoption.metric.forEach((metric, series) => {
    if (!isRelease(metric)) return
    const company = products.company[adoption.product[series]]
    const start = adoption.offset[series]
    for (let i = start; i < adoption.offset[series + 1]; i++)
      if (adoption.value[i] > 0) releases.push({ company, day: adoption.first[series] + i - start })
  })
  releases.sort((a, b) => a.company - b.company || a.day - b.day)
  return {
    symbols: companies.symbol,
    incidents: {
      company: incidents.company,
      from: started,
      to: Int32Array.from(incidents.resolved, (minute, i) =>
        Number.isNaN(minute) ? started[i] : Math.max(started[i], Math.floor(minute / minutesPerDay)),
      ),
      severity: incidents.severity,
    },
    releases: {
      company: Int32Array.from(releases, ({ company }) => company),
      day: Int32Array.from(releases, ({ day }) => day),
    },
    news: {
      company: news.company,
      day: Int32Array.from(news.published, (minute) => Math.floor(minute / minutesPerDay)),
      sentiment: news.sentiment,
    },
  }
}

/** Whether a figure of adoption counts new versions. */
export function isRelease(metric: string): boolean {
  return metric === 'release' || metric === 'releases'
}
