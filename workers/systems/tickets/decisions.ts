import type { DemandTables } from '../../quant/demandTables.ts'
import type { Panel } from '../../quant/panel.ts'
import type { TicketsParams } from '../ticketsParams.ts'
import type { Candidate } from './candidates.ts'

/** Why a candidate did not become a signal; the first that applies. */
export const drops = [
  'no-prices',
  'product-left-out',
  'passing',
  'too-little-confidence',
  'shorts-off',
  'weaker-of-the-day',
  'too-soon',
] as const
export type Drop = (typeof drops)[number]

export interface Decision {
  candidate: Candidate
  /** Index into the panel; −1 without prices. */
  symbol: number
  /** Null = it became a signal. */
  dropped: Drop | null
}

/**
 * What becomes of each candidate, in their order: of one company at one close the surest is followed, and then none
 * for so many days. Of equals the stronger goes first, then the one against the company.
 *
 * @param tradable [symbols]
 */
export function decide(
  candidates: readonly Candidate[],
  { companies, products }: DemandTables,
  { symbols, dates, close }: Panel,
  tradable: Uint8Array,
  params: TicketsParams,
): Decision[] {
  const places = new Map(symbols.map((symbol, i) => [symbol, i]))
  const symbolOf = Int32Array.from(companies.symbol, (symbol) => places.get(symbol) ?? -1)
  const followed = new Int32Array(companies.symbol.length).fill(-1_000_000)
  const decisions = candidates.map((candidate): Decision => {
    const symbol = symbolOf[candidate.company]
    const dropped = ownDrop(candidate, symbol)
    return { candidate, symbol, dropped }
  })
  for (let from = 0; from < decisions.length;) {
    const { company, session } = decisions[from].candidate
    let to = from + 1
    while (to < decisions.length && sameMoment(decisions[to].candidate, company, session)) to++
    const open = decisions.slice(from, to).filter(({ dropped }) => dropped === null)
    const best = open.reduce<Decision | null>(
      (best, each) => (best && !isSurer(each.candidate, best.candidate) ? best : each),
      null,
    )
    for (const decision of open) if (decision !== best) decision.dropped = 'weaker-of-the-day'
    if (best) {
      if (session - followed[company] <= params.quietDays && params.quietDays > 0) best.dropped = 'too-soon'
      else followed[company] = session
    }
    from = to
  }
  return decisions

  function ownDrop({ product, session, daysRaised, confidence, direction }: Candidate, symbol: number) {
    if (symbol < 0 || !tradable[symbol] || !(close[symbol * dates.length + session] > 0)) return 'no-prices'
    if (products.weight[product] === 0) return 'product-left-out'
    if (daysRaised < params.daysRaised) return 'passing'
    if (confidence < params.leastConfidence) return 'too-little-confidence'
    return direction < 0 && !params.allowShort ? 'shorts-off' : null
  }
}

const sameMoment = (candidate: Candidate, company: number, session: number) =>
  candidate.company === company && candidate.session === session

function isSurer(a: Candidate, b: Candidate): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence
  if (a.strength !== b.strength) return a.strength > b.strength
  return a.direction < b.direction
}
