import { moods, severities, type DailySeries, type DemandTables } from '../../quant/demandTables.ts'
import type { Params } from '../../systems/system.ts'
import { firstAtOrAfter } from '../range.ts'
import { decisionsOf, described } from './candidates.ts'
import type { ConfidencePart, KnowledgeCalendar, TicketCandidate } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

type Row = KnowledgeCalendar['rows'][number]

/** Calendar days of figures that a rise from week to week is told from, and of commits that are summed. */
const weekReach = 7

const metricOf: Partial<Record<ConfidencePart['id'], string[]>> = {
  downloads: ['downloads'],
  commits: ['commits'],
  release: ['release', 'releases'],
}

/**
 * What happened to a company from one day to another, and from which close on it could be known; with what was
 * decided at the closes between. Tickets count where they were unusual, everything else where it added to the
 * confidence of an unusual day.
 *
 * @returns a sentence where nothing is told of the company
 */
export function knowledgeCalendar(
  market: TicketsMarket,
  params: Params,
  symbol: string,
  from: number,
  to: number,
): KnowledgeCalendar | string {
  const { tables, panel } = market
  const company = tables.companies.symbol.indexOf(symbol)
  if (company < 0) return `Nothing is told of ${symbol}. Choose another company.`
  if (to < from) return 'The range ends before it begins.'
  const own = decisionsOf(market, params)
    .filter(({ candidate }) => candidate.company === company)
    .map((decision) => described(market, params, decision))
  const reached = own.filter(
    ({ day, decided }) => (day >= from && day <= to) || (decided >= from && decided <= to),
  )
  const rows = [
    ...ticketRows(tables, company, own),
    ...adoptionRows(tables, company, own, Number(params.within)),
    incidentRow(tables, company, own),
    newsRow(tables, company, own, Number(params.within)),
  ]
  return {
    symbol,
    from,
    to,
    rows: rows.map((row) => within(row, from, to)).filter(({ day }) => day.length > 0),
    sessions: panel.dates.slice(firstAtOrAfter(panel.dates, from), firstAtOrAfter(panel.dates, to + 1)),
    candidates: reached.sort((a, b) => a.decided - b.decided || a.day - b.day),
  }
}

function ticketRows({ tickets, products }: DemandTables, company: number, own: TicketCandidate[]): Row[] {
  return seriesOf(tickets, tickets.product, products.company, company).map((series) => {
    const product = tickets.product[series]
    const mood = moods[tickets.mood[series]]
    const unusual = new Set(
      own
        .filter((each) => each.product === product && mood === (each.direction < 0 ? 'negative' : 'positive'))
        .map(({ day }) => day),
    )
    return {
      label: `${products.name[product] || 'tickets'} · ${mood}`,
      kind: 'tickets',
      ...daysOf(tickets, series, (day) => unusual.has(day)),
    }
  })
}

function adoptionRows(
  { adoption, products }: DemandTables,
  company: number,
  own: TicketCandidate[],
  releaseReach: number,
): Row[] {
  return seriesOf(adoption, adoption.product, products.company, company).map((series) => {
    const metric = adoption.metric[series]
    const id = (Object.keys(metricOf) as ConfidencePart['id'][]).find((part) =>
      metricOf[part]!.includes(metric),
    )
    const counts = id ? counted(own, id, id === 'release' ? releaseReach : weekReach) : () => false
    const span = adoption.span[series]
    const row = daysOf(adoption, series, counts)
    return {
      label: [products.name[adoption.product[series]], metric].filter(Boolean).join(' · '),
      kind: 'adoption',
      // Between two figures that sum up weeks nothing is missing.
      ...(span > 1 ? told(row) : row),
    }
  })
}

/** Only the days with a figure. */
function told({ day, known, value, counted }: Omit<Row, 'label' | 'kind'>): Omit<Row, 'label' | 'kind'> {
  const has = (_: number, i: number) => !Number.isNaN(value[i])
  return {
    day: day.filter(has),
    known: known.filter(has),
    value: value.filter(has),
    counted: counted.filter(has),
  }
}

/** A day for every day that an incident is open; that of an incident without an end is its first. */
function incidentRow({ incidents }: DemandTables, company: number, own: TicketCandidate[]): Row {
  const days = new Map<number, { known: number; severity: number }>()
  incidents.company.forEach((each, i) => {
    if (each !== company) return
    const first = dayOf(incidents.started[i])
    const last = incidents.resolved[i] > incidents.started[i] ? dayOf(incidents.resolved[i]) : first
    for (let day = first; day <= last; day++) {
      const known = Math.max(day, incidents.known[i])
      const before = days.get(day)
      if (!before || incidents.severity[i] > before.severity)
        days.set(day, { known, severity: incidents.severity[i] })
    }
  })
  const ordered = [...days].sort(([a], [b]) => a - b)
  const counts = counted(own, 'incident', 0)
  return {
    label: 'incidents',
    kind: 'incident',
    day: Int32Array.from(ordered, ([day]) => day),
    known: Int32Array.from(ordered, ([, { known }]) => known),
    value: Float64Array.from(ordered, ([, { severity }]) => severity),
    counted: Uint8Array.from(ordered, ([day, { known, severity }]) =>
      severity >= severities.indexOf('minor') && counts(day, known) ? 1 : 0,
    ),
  }
}

/** A day for every day with news: their mean sentiment, known when the last of them was. */
function newsRow({ news }: DemandTables, company: number, own: TicketCandidate[], reach: number): Row {
  const days = new Map<number, { known: number; sum: number; judged: number }>()
  news.company.forEach((each, i) => {
    if (each !== company) return
    const day = dayOf(news.published[i])
    const found = days.get(day) ?? { known: 0, sum: 0, judged: 0 }
    found.known = Math.max(found.known, news.known[i])
    if (!Number.isNaN(news.sentiment[i])) {
      found.sum += news.sentiment[i]
      found.judged++
    }
    days.set(day, found)
  })
  const ordered = [...days].sort(([a], [b]) => a - b)
  const counts = counted(own, 'news', reach)
  return {
    label: 'news',
    kind: 'news',
    day: Int32Array.from(ordered, ([day]) => day),
    known: Int32Array.from(ordered, ([, { known }]) => known),
    value: Float64Array.from(ordered, ([, { sum, judged }]) => sum / judged),
    counted: Uint8Array.from(ordered, ([day, { known }]) => (counts(day, known) ? 1 : 0)),
  }
}

/** Whether a day, known from a close on, was within reach of a decision to which the part added something. */
function counted(
  candidates: TicketCandidate[],
  id: ConfidencePart['id'],
  days: number,
): (day: number, known: number) => boolean {
  const closes = candidates
    .filter(({ parts }) => parts.some((part) => part.id === id && part.part > 0))
    .map(({ decided }) => decided)
  return (day, known) => closes.some((close) => known <= close && day <= close && close - day <= days)
}

function daysOf(
  { offset, first, value, known }: DailySeries,
  series: number,
  counts: (day: number, known: number) => boolean,
): Omit<Row, 'label' | 'kind'> {
  const [start, end] = [offset[series], offset[series + 1]]
  const days = Int32Array.from({ length: end - start }, (_, i) => first[series] + i)
  return {
    day: days,
    known: known.slice(start, end),
    value: value.slice(start, end),
    counted: Uint8Array.from(days, (day, i) =>
      !Number.isNaN(value[start + i]) && counts(day, known[start + i]) ? 1 : 0,
    ),
  }
}

function seriesOf(
  { first }: DailySeries,
  product: Int32Array,
  companyOf: Int32Array,
  company: number,
): number[] {
  return Array.from(first.keys()).filter((series) => companyOf[product[series]] === company)
}

function within({ label, kind, day, known, value, counted }: Row, from: number, to: number): Row {
  const [start, end] = [firstAtOrAfter(day, from), firstAtOrAfter(day, to + 1)]
  const cut = <T extends Int32Array | Float64Array | Uint8Array>(column: T) => column.slice(start, end) as T
  return { label, kind, day: cut(day), known: cut(known), value: cut(value), counted: cut(counted) }
}

const dayOf = (minutes: number): number => Math.floor(minutes / 1440)
