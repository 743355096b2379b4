import { moods } from '../../quant/demandTables.ts'
import type { TicketsStatus } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/** What is loaded, in numbers. */
export function statusOf({ tables, simulated }: TicketsMarket): TicketsStatus {
  const { companies, products, tickets, adoption, incidents, news, problems } = tables
  const moodsOf = products.name.map(() => new Set<number>())
  let from = Infinity
  let to = -Infinity
  tickets.product.forEach((product, series) => {
    moodsOf[product].add(tickets.mood[series])
    from = Math.min(from, tickets.first[series])
    to = Math.max(to, tickets.first[series] + tickets.offset[series + 1] - tickets.offset[series] - 1)
  })
  let counted = 0
  tickets.value.forEach((count) => {
    if (count > 0) counted += count
  })
  return {
    products: products.name.map((name, i) => ({
      symbol: companies.symbol[products.company[i]],
      company: companies.name[products.company[i]],
      name,
      weight: products.weight[i],
      derived: products.derived[i],
      moods: moods.filter((_, mood) => moodsOf[i].has(mood)),
    })),
    from: from <= to ? from : 0,
    to: from <= to ? to : 0,
    tickets: counted,
    adoption: adoption.value.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0),
    incidents: incidents.company.length,
    news: news.company.length,
    problems,
    simulated,
  }
}
