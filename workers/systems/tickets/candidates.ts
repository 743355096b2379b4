import { moods, type DemandTables } from '../../quant/demandTables.ts'
import type { TicketsParams } from '../ticketsParams.ts'
import type { CompanyFacts } from './companyFacts.ts'
import type { Detection } from './detection.ts'
import { sessionOf } from './sessionOf.ts'

/** In the order in which confidence is built up. */
export const partIds = ['base', 'incident', 'sentiment', 'news', 'downloads', 'commits', 'release'] as const
export type PartId = (typeof partIds)[number]

/**
 * An unusual day as it was judged at a close: the first at which it had lasted and others agreed enough, of those while
 * it was watched, else the one at which they agreed most.
 */
export interface Candidate {
  /** Index into `DemandTables.products` and `.companies`. */
  product: number
  company: number
  /** Index into the ticket series, and into their values. */
  series: number
  cell: number
  /** Epoch day of the tickets, and index of the session at whose close it was judged. */
  day: number
  session: number
  direction: 1 | -1
  /** What each part adds, by `partIds`. */
  parts: Float64Array
  /** Their sum, times the weight of the product relative to the heaviest of its company. */
  confidence: number
  /** 0 = as weak as can be, 1 = as strong as is told apart. */
  strength: number
  /** Of the last five days with a count that was known, how many were above usual. */
  daysRaised: number
  /** Bars held at most. */
  horizon: number
}

const negative = moods.indexOf('negative')
const positive = moods.indexOf('positive')
/** Days with a count over which those above usual are counted; of usual days one in ten is. */
const memory = 5
const raisedTail = 0.1
/** Tails from 10⁻³ on are told apart, up to 10⁻⁹. */
const tailDecades = { from: 3, span: 6 }
/** A score three times its threshold is as strong as is told apart. */
const scoreSpan = 2

/**
 * All unusual days with what corroborates them, by session, company and cell. Days that were known before the first
 * session, or only after the last, are left out.
 *
 * @param flagged [cells] 1 where a count is unusual
 */
export function ticketCandidates(
  tables: DemandTables,
  dates: Int32Array,
  detection: Detection,
  flagged: Uint8Array,
  facts: CompanyFacts,
  params: TicketsParams,
): Candidate[] {
  const { tickets, products } = tables
  const heaviest = heaviestWeights(tables)
  const found: Candidate[] = []
  for (let series = 0; series < tickets.product.length; series++) {
    const mood = tickets.mood[series]
    if (mood !== negative && mood !== positive) continue
    const product = tickets.product[series]
    const company = products.company[product]
    const [from, to] = [tickets.offset[series], tickets.offset[series + 1]]
    const other = mood === negative ? positive : negative
    const opposite = seriesOf(tables, series, product, other)
    for (let cell = from; cell < to; cell++) {
      if (!flagged[cell]) continue
      const known = detection.known[cell]
      const first = sessionOf(dates, known)
      if (first === dates.length || known < dates[0]) continue
      const day = tickets.first[series] + cell - from
      const direction = mood === negative ? -1 : 1
      const otherCell = opposite < 0 ? -1 : cellOn(tables, opposite, day)
      const weight = heaviest[company] > 0 ? products.weight[product] / heaviest[company] : 0
      const judgedAt = (session: number) => {
        const isOtherKnown = otherCell >= 0 && tickets.known[otherCell] <= dates[session]
        const ratio = positiveShare(tables, cell, isOtherKnown ? otherCell : -1, direction)
        const parts = partsOf(params, direction, facts, company * facts.sessions + session, ratio)
        if (products.derived[product] === 1) parts[partIds.indexOf('incident')] = 0
        if (products.derived[product] === 2) parts[partIds.indexOf('downloads')] = 0
        return {
          session,
          parts,
          // Sums of tenths that ought to be equal are made equal.
          confidence: Math.round(weight * parts.reduce((sum, part) => sum + part, 0) * 1e9) / 1e9,
          daysRaised: raisedLately(detection, from, to, tickets.first[series], dates[session]),
        }
      }
      let judged = judgedAt(first)
      for (let session = first + 1; session < dates.length; session++) {
        if (isSure(judged, params) || dates[session] - known >= params.watch) break
        const again = judgedAt(session)
        if (isSure(again, params) || again.confidence > judged.confidence) judged = again
      }
      const strength = strengthOf(detection, cell, direction, params)
      found.push({
        product,
        company,
        series,
        cell,
        day,
        direction,
        ...judged,
        strength,
        horizon: horizonOf(direction, strength, params),
      })
    }
  }
  return found.sort((a, b) => a.session - b.session || a.company - b.company || a.cell - b.cell)
}

function partsOf(
  params: TicketsParams,
  direction: 1 | -1,
  facts: CompanyFacts,
  at: number,
  ratio: number,
): Float64Array {
  const short = direction < 0
  const held: Record<PartId, boolean> = {
    base: true,
    incident: short && facts.incident[at] > 0,
    sentiment: short && ratio < params.sentimentRatio,
    news: direction * facts.news[at] > params.newsLeast,
    downloads: !short && facts.downloads[at] > params.downloadsRise,
    commits: !short && facts.commits[at] > params.commitsLeast,
    release: !short && facts.release[at] === 1,
  }
  return Float64Array.from(partIds, (id) => (held[id] ? params[`${id}Part`] : 0))
}

/** Positive ÷ (positive + negative) tickets of the day; NaN where either is not told yet or both are none. */
function positiveShare(
  { tickets: { value } }: DemandTables,
  own: number,
  opposite: number,
  direction: 1 | -1,
): number {
  if (opposite < 0) return NaN
  const up = direction > 0 ? value[own] : value[opposite]
  return up / (value[own] + value[opposite])
}

/** The series of another mood of the same product; −1 = none. Series are in the order of products. */
function seriesOf({ tickets }: DemandTables, near: number, product: number, mood: number): number {
  for (let step = -2; step <= 2; step++) {
    const series = near + step
    if (tickets.product[series] === product && tickets.mood[series] === mood) return series
  }
  return -1
}

function cellOn({ tickets: { offset, first } }: DemandTables, series: number, day: number): number {
  const cell = offset[series] + day - first[series]
  return cell >= offset[series] && cell < offset[series + 1] ? cell : -1
}

function strengthOf(
  { tail, score }: Detection,
  cell: number,
  direction: 1 | -1,
  { unusualBy, negativeThreshold, positiveThreshold }: TicketsParams,
): number {
  const threshold = direction < 0 ? negativeThreshold : positiveThreshold
  const strength =
    unusualBy === 'tail'
      ? (-Math.log10(tail[cell]) - tailDecades.from) / tailDecades.span
      : (score[cell] / threshold - 1) / scoreSpan
  return Math.min(1, Math.max(0, strength))
}

/** Between the shortest and the longest hold, in proportion to the strength. */
function horizonOf(direction: 1 | -1, strength: number, params: TicketsParams): number {
  const [shortest, longest] =
    direction > 0 ? [params.shortestLong, params.longestLong] : [params.shortestShort, params.longestShort]
  return shortest + Math.round((longest - shortest) * strength)
}

function isSure(
  { confidence, daysRaised }: Pick<Candidate, 'confidence' | 'daysRaised'>,
  params: TicketsParams,
): boolean {
  return confidence >= params.leastConfidence && daysRaised >= params.daysRaised
}

/** How many of the last days with a tail that were known by a close were above usual. */
function raisedLately(
  { tail, known }: Detection,
  from: number,
  to: number,
  first: number,
  close: number,
): number {
  let told = 0
  let raised = 0
  for (let at = Math.min(to - 1, from + close - first); at >= from && told < memory; at--) {
    if (known[at] > close || Number.isNaN(tail[at])) continue
    told++
    if (tail[at] < raisedTail) raised++
  }
  return raised
}

/** [companies] the largest weight of a product with tickets */
function heaviestWeights({ companies, products, tickets }: DemandTables): Float64Array {
  const heaviest = new Float64Array(companies.symbol.length)
  for (const product of tickets.product) {
    const company = products.company[product]
    heaviest[company] = Math.max(heaviest[company], products.weight[product])
  }
  return heaviest
}
