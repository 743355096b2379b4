import type { DemandProblem, DemandTables } from '../../quant/demandTables.ts'
import type { DemandRequest } from '../api.ts'
import type { Database } from '../database.ts'
import { Problem } from '../problem.ts'
import { listed, mostExamples, plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import type { DemandSources } from './demandSources.ts'
import { incidentsName, ticketsOfDownloads, ticketsOfIncidents } from './derivedTickets.ts'
import { Noticed } from './noticed.ts'
import { readAdoption } from './readAdoption.ts'
import { readIncidents } from './readIncidents.ts'
import { readNews } from './readNews.ts'
import { readProducts, type NamedPair } from './readProducts.ts'
import { readTickets } from './readTickets.ts'
import { joined, type Series } from './series.ts'

const temporary = ['demand_named', 'demand_companies', 'demand_pairs']

/** Whose figures can be used, and until when. */
export interface PricedDays {
  symbols: string[]
  /** Epoch day of the last price. */
  to: number
}

/**
 * What the Tickets system reads: figures by day without holes, missing told apart from zero, incidents made one
 * each, and everything that was read otherwise than it stands counted. Throws a `Problem` where nothing can be
 * counted by day.
 * @param step called between the parts, to stop by throwing
 */
export async function readDemandTables(
  database: Database,
  sources: DemandSources,
  prices: PricedDays,
  weights: DemandRequest['weights'] = [],
  step: () => void = () => undefined,
): Promise<DemandTables> {
  try {
    const { companies, pairs, problems: nobody } = await readProducts(database, sources, prices.symbols)
    if (companies.symbol.length === 0) throw new Problem('no-demand', foreign(nobody, prices.symbols))
    const names = pairs.map(({ company, name }) => `${companies.symbol[company]} ${name}`.trim())
    step()
    const tickets = await readTickets(database, sources.tickets, names)
    step()
    const adoption = await readAdoption(database, sources.adoption, names)
    step()
    const { incidents, problems: ofIncidents } = await readIncidents(
      database,
      sources.incidents,
      sources.watched,
    )
    const { news, problems: ofNews } = await readNews(database, sources.news)
    step()
    const hasTickets = new Set(tickets.series.map(({ pair }) => pairs[pair].company))
    const fromIncidents = ticketsOfIncidents(incidents, hasTickets, companies.symbol)
    const companyOf = (pair: number) => pairs[pair].company
    const fromDownloads = ticketsOfDownloads(adoption.series, companyOf, hasTickets, companies.symbol)
    const { products, placeOfPair, placeOfIncidents } = productsOf(
      pairs,
      fromDownloads.series.map(({ pair }) => pair),
      fromIncidents.series.map(({ company }) => company),
    )
    const counts = [
      ...tickets.series.map((series) => ({ ...series, product: placeOfPair[series.pair] })),
      ...fromDownloads.series.map((series) => ({ ...series, product: placeOfPair[series.pair] })),
      ...fromIncidents.series.map((series) => ({
        ...series,
        product: placeOfIncidents.get(series.company)!,
      })),
    ].sort((a, b) => a.product - b.product || a.mood - b.mood)
    if (counts.length === 0) throw new Problem('no-demand', nothingDaily)
    const figures = adoption.series.map((series) => ({ ...series, product: placeOfPair[series.pair] }))
    figures.sort((a, b) => a.product - b.product || (a.metric < b.metric ? -1 : 1))
    return {
      companies,
      products: { ...products, weight: weightsOf(products, companies.symbol, weights) },
      tickets: {
        ...joined(counts),
        product: Int32Array.from(counts, ({ product }) => product),
        mood: Uint8Array.from(counts, ({ mood }) => mood),
      },
      adoption: {
        ...joined(figures),
        product: Int32Array.from(figures, ({ product }) => product),
        metric: figures.map(({ metric }) => metric),
        span: Int32Array.from(figures, ({ span }) => span),
      },
      incidents,
      news,
      problems: oneOfEachKind([
        ...fromIncidents.problems,
        ...fromDownloads.problems,
        ...tickets.problems,
        ...adoption.problems,
        ...ofIncidents,
        ...ofNews,
        ...afterPrices(counts, prices.to, (product) => nameOf(products, companies.symbol, product)),
        ...nobody,
      ]),
    }
  } finally {
    for (const table of temporary) await database.query(`DROP TABLE IF EXISTS temp.${table}`)
  }
}

type Products = Omit<DemandTables['products'], 'weight'>

/** The pairs, and a product for the incidents of each company whose incidents are counted, by company, then name. */
function productsOf(pairs: NamedPair[], downloadPairs: number[], incidentCompanies: number[]) {
  const all = [
    ...pairs.map((pair, i) => ({ ...pair, pair: i, derived: downloadPairs.includes(i) ? 2 : 0 })),
    ...incidentCompanies.map((company) => ({ company, name: incidentsName, pair: -1, derived: 1 })),
  ].sort((a, b) => a.company - b.company || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.pair - b.pair))
  const placeOfPair = new Int32Array(pairs.length)
  const placeOfIncidents = new Map<number, number>()
  all.forEach(({ company, pair }, place) => {
    if (pair >= 0) placeOfPair[pair] = place
    else placeOfIncidents.set(company, place)
  })
  const products: Products = {
    company: Int32Array.from(all, ({ company }) => company),
    name: all.map(({ name }) => name),
    derived: Uint8Array.from(all, ({ derived }) => derived),
  }
  return { products, placeOfPair, placeOfIncidents }
}

function weightsOf(products: Products, symbols: string[], weights: DemandRequest['weights']): Float64Array {
  return Float64Array.from(products.name, (name, i) => {
    const symbol = symbols[products.company[i]]
    const set = weights.find((one) => one.symbol === symbol && one.product === name)
    return set && set.weight >= 0 && Number.isFinite(set.weight) ? set.weight : 1
  })
}

function nameOf({ company, name }: Products, symbols: string[], product: number): string {
  return `${symbols[company[product]]} ${name[product]}`.trim()
}

function afterPrices(
  counts: (Series & { product: number })[],
  to: number,
  name: (product: number) => string,
): DemandProblem[] {
  // The moods of a product share their days.
  const days = new Map(
    counts.map(({ product, first, value }) => [product, { first, last: first + value.length - 1 }]),
  )
  const noticed = new Noticed()
  for (const [product, { first, last }] of days) {
    if (last > to) noticed.add(() => `${name(product)}: until ${isoOf(last)}`, last - Math.max(to, first - 1))
  }
  return noticed.problem(
    'after-prices',
    (n) =>
      `${plural(n, 'day', 'days')} of counts lie after the last price (${isoOf(to)}): nothing is decided on them.`,
  )
}

/** The page lists a kind once, whichever table it was noticed in. */
function oneOfEachKind(problems: DemandProblem[]): DemandProblem[] {
  const byKind = new Map<string, DemandProblem>()
  for (const problem of problems) {
    const before = byKind.get(problem.kind)
    byKind.set(
      problem.kind,
      before
        ? {
            ...before,
            count: before.count + problem.count,
            text: `${before.text} ${problem.text}`,
            examples: [...before.examples, ...problem.examples].slice(0, mostExamples),
          }
        : problem,
    )
  }
  return [...byKind.values()]
}

function foreign(nobody: DemandProblem[], priced: string[]): string {
  const named = nobody.flatMap(({ examples }) => examples.map((example) => example.split(':')[0]))
  return (
    `Nothing that is loaded is about a company with prices: it is about ${listed(named, 3)}, ` +
    `the prices are of ${listed(priced, 3)}. ` +
    'Load the prices of the company, or type its symbol when importing.'
  )
}

const nothingDaily =
  'Nothing that is loaded can be counted by day: no tickets, no incidents that had an effect, and no daily downloads ' +
  'of four weeks or more. Load one of them in the data room.'
