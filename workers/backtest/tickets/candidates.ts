import { severities, type DemandTables } from '../../quant/demandTables.ts'
import { partIds, type Candidate, type PartId } from '../../systems/tickets/candidates.ts'
import type { CompanyFacts } from '../../systems/tickets/companyFacts.ts'
import { decide, type Decision, type Drop } from '../../systems/tickets/decisions.ts'
import type { Detection } from '../../systems/tickets/detection.ts'
import { ticketWorkOf } from '../../systems/tickets/ticketWork.ts'
import type { TicketsParams } from '../../systems/ticketsParams.ts'
import type { Params } from '../../systems/system.ts'
import type { ConfidencePart, TicketCandidate } from './contract.ts'
import type { TicketsMarket } from './ticketsMarket.ts'

/** Every unusual day of every company with what became of it, by session; see `decide`. */
export function decisionsOf({ tables, panel, benchmark }: TicketsMarket, params: Params): Decision[] {
  const checked = params as TicketsParams
  const tradable = Uint8Array.from(panel.symbols, (symbol) => Number(symbol !== benchmark))
  const candidates = ticketWorkOf(tables, panel.dates).candidates(checked)
  return decide(candidates, tables, panel, tradable, checked)
}

/** Candidates decided from `from` to `to` (epoch days, inclusive; null = all), newest first. */
export function ticketCandidates(
  market: TicketsMarket,
  params: Params,
  from: number | null,
  to: number | null,
  limit: number,
): TicketCandidate[] {
  const { dates } = market.panel
  const within = decisionsOf(market, params).filter(({ candidate: { session } }) => {
    const day = dates[session]
    return (from === null || day >= from) && (to === null || day <= to)
  })
  return within
    .reverse()
    .slice(0, limit)
    .map((decision) => described(market, params, decision))
}

/** A candidate in words and numbers that a person follows. */
export function described(
  { tables, panel }: TicketsMarket,
  params: Params,
  { candidate, dropped }: Decision,
): TicketCandidate {
  const checked = params as TicketsParams
  const work = ticketWorkOf(tables, panel.dates)
  const detection = work.detection(checked)
  const facts = work.corroboration(checked)
  const { cell, product, session, day, direction, confidence, horizon, company } = candidate
  return {
    product,
    symbol: tables.companies.symbol[company],
    day,
    decided: panel.dates[session],
    direction,
    count: tables.tickets.value[cell],
    expected: detection.expected[cell],
    score: detection.score[cell],
    tail: detection.tail[cell],
    parts: partsOf(tables, candidate, facts, detection, checked),
    confidence,
    horizon,
    dropped: dropped === null ? '' : dropWords(dropped, candidate, checked),
  }
}

/** The parts that this direction can have, whether or not anything was found. */
function partsOf(
  tables: DemandTables,
  candidate: Candidate,
  facts: CompanyFacts,
  detection: Detection,
  params: TicketsParams,
): ConfidencePart[] {
  const possible: PartId[] =
    candidate.direction < 0
      ? ['base', 'incident', 'sentiment', 'news']
      : ['base', 'downloads', 'commits', 'release', 'news']
  return possible
    .filter((id) => params[`${id}Part`] > 0)
    .map((id) => {
      const part = candidate.parts[partIds.indexOf(id)]
      return {
        id,
        found: part > 0 ? foundWords(id, tables, candidate, facts, detection) : '',
        part,
        worth: params[`${id}Part`],
      }
    })
}

const percent = (fraction: number) => `${fraction < 0 ? '−' : ''}${Math.abs(100 * fraction).toFixed(0)} %`
const signed = (mood: number) => `${mood < 0 ? '−' : '+'}${Math.abs(mood).toFixed(2)}`

function foundWords(
  id: PartId,
  { tickets, products }: DemandTables,
  { cell, product, company, session, direction }: Candidate,
  facts: CompanyFacts,
  { expected }: Detection,
): string {
  const at = company * facts.sessions + session
  switch (id) {
    case 'base': {
      const count = tickets.value[cell]
      const what = ['tickets', 'incidents', 'downloads'][products.derived[product]]
      const side = products.derived[product] > 0 ? '' : direction < 0 ? 'negative ' : 'positive '
      return `${count.toLocaleString('en-GB')} ${side}${what}, ${expected[cell].toFixed(1)} expected`
    }
    case 'incident':
      return `Open incident, ${severities[facts.incident[at] + 1]}`
    case 'sentiment':
      return 'Hardly any positive ticket on the day'
    case 'news':
      return `Headlines at ${signed(facts.news[at])} on average`
    case 'downloads':
      return `Downloads up ${percent(facts.downloads[at])} on the week before`
    case 'commits':
      return `${facts.commits[at].toLocaleString('en-GB')} commits in seven days`
    case 'release':
      return 'A new version'
  }
}

function dropWords(drop: Drop, { confidence, daysRaised }: Candidate, params: TicketsParams): string {
  switch (drop) {
    case 'no-prices':
      return 'No price to trade at on the day.'
    case 'product-left-out':
      return 'The product has the weight 0.'
    case 'passing':
      return `Only ${daysRaised} of the last five days above usual; ${params.daysRaised} are needed.`
    case 'too-little-confidence':
      return `Confidence ${confidence.toFixed(2)} is below ${params.leastConfidence.toFixed(2)}.`
    case 'shorts-off':
      return 'Short selling is off.'
    case 'weaker-of-the-day':
      return 'A surer day of the same company was known at the same close.'
    case 'too-soon':
      return `An entry in the same company lies less than ${params.quietDays + 1} sessions back.`
  }
}
