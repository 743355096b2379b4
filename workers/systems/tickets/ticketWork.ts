import { moods, type DemandTables } from '../../quant/demandTables.ts'
import type { TicketsParams } from '../ticketsParams.ts'
import { ticketCandidates, type Candidate } from './candidates.ts'
import { companyFacts, type CompanyFacts } from './companyFacts.ts'
import { detect } from './detect.ts'
import type { Detection } from './detection.ts'
import { discover, type Discoveries } from './discoveries.ts'

/** Results kept of each kind: a slider goes back and forth between a few. */
const kept = 6

/**
 * What was worked out of the tickets of a panel, once per distinct parameters, and shared by every run and question on
 * them: a slider then recomputes only what it moves. Tables and sessions must not change while in use.
 */
export class TicketWork {
  private readonly detections = new Newest<Detection>(kept)
  private readonly found = new Newest<Discoveries>(kept)
  private readonly flags = new Newest<Uint8Array>(kept)
  private readonly facts = new Newest<CompanyFacts>(kept)

  constructor(
    readonly tables: DemandTables,
    readonly dates: Int32Array,
  ) {}

  detection({ window, madFloor, weekdays, shifts }: TicketsParams): Detection {
    const settings = { window, madFloor, weekdays, shifts }
    return this.detections.of(JSON.stringify(settings), () => detect(this.tables.tickets, settings))
  }

  discoveries(params: TicketsParams): Discoveries {
    const detection = this.detection(params)
    const key = JSON.stringify([detection.settings, params.falseDiscoveries])
    return this.found.of(key, () => discover(detection, this.tables.tickets, params.falseDiscoveries))
  }

  /** [cells] 1 where the rule in force calls a count unusual */
  flagged(params: TicketsParams): Uint8Array {
    if (params.unusualBy === 'tail') return this.discoveries(params).flagged
    const { negativeThreshold, positiveThreshold } = params
    const detection = this.detection(params)
    const key = JSON.stringify([detection.settings, negativeThreshold, positiveThreshold])
    return this.flags.of(key, () => beyond(detection, this.tables, negativeThreshold, positiveThreshold))
  }

  corroboration({ within }: TicketsParams): CompanyFacts {
    return this.facts.of(String(within), () => companyFacts(this.tables, this.dates, within))
  }

  candidates(params: TicketsParams): Candidate[] {
    return ticketCandidates(
      this.tables,
      this.dates,
      this.detection(params),
      this.flagged(params),
      this.corroboration(params),
      params,
    )
  }
}

/** [cells] 1 where the MAD score is strictly above the threshold of its mood; neutral tickets are never unusual. */
function beyond(
  { score }: Detection,
  { tickets: { offset, mood } }: DemandTables,
  negative: number,
  positive: number,
): Uint8Array {
  const flagged = new Uint8Array(score.length)
  const thresholds = moods.map((name) => ({ negative, neutral: Infinity, positive })[name])
  for (let series = 0; series < mood.length; series++) {
    const threshold = thresholds[mood[series]]
    for (let cell = offset[series]; cell < offset[series + 1]; cell++)
      if (score[cell] > threshold) flagged[cell] = 1
  }
  return flagged
}

/** The newest few of what was made, by key. */
class Newest<T> {
  private readonly made = new Map<string, T>()

  constructor(private readonly most: number) {}

  of(key: string, make: () => T): T {
    const value = this.made.get(key) ?? make()
    this.made.delete(key)
    this.made.set(key, value)
    for (const oldest of this.made.keys()) {
      if (this.made.size <= this.most) break
      this.made.delete(oldest)
    }
    return value
  }
}

const works = new WeakMap<DemandTables, TicketWork>()

/** The work on these tables; made anew where the sessions are others. */
export function ticketWorkOf(tables: DemandTables, dates: Int32Array): TicketWork {
  let work = works.get(tables)
  if (work?.dates !== dates) works.set(tables, (work = new TicketWork(tables, dates)))
  return work
}
