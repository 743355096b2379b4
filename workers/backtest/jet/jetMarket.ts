import type { FlightTables } from '../../quant/flightTables.ts'
import { eventKinds } from '../../quant/flightTables.ts'
import type { Panel } from '../../quant/panel.ts'
import type { RowDataset, RowScores, ScoringModel } from '../../quant/rows.ts'
import type { CandidateScores, JetCandidates, JetInputs } from '../../systems/jet/candidates.ts'
import { jetDataset, type JetDataset } from '../../systems/jet/dataset.ts'
import { flightsBefore, flightsOfAnotherFuture } from '../../systems/jet/futures.ts'
import { symbolsInPanel, type JetLabels } from '../../systems/jet/labels.ts'
import { summaryNames } from '../../systems/jet/summary.ts'
import { jetRows, type JetRows } from '../../systems/jetFeatures.ts'
import { firstAtOrAfter } from '../range.ts'
import { datasetHash } from './datasetHash.ts'
import { candidateScores, ruleCandidates } from './candidateScores.ts'
import { flightWorkOf, type FlightWork } from './flightWork.ts'
import { unchangedRows } from './unchangedRows.ts'

/** A model and what it says of all rows. */
export interface ScoredBy {
  model: ScoringModel
  scores: RowScores
  candidates: CandidateScores
  milliseconds: number
}

/** What Jet is compared with where the data have it. */
const benchmarks = ['QQQ', 'SPY', 'VOO', 'VTI']

/** The flights of a panel and all that follows from them, each worked out when it is first asked for. */
export class JetMarket {
  /** By kind; the newest of each. */
  readonly scored = new Map<string, ScoredBy>()
  private made: (JetDataset & { whole: RowDataset; visits: Int32Array }) | null = null
  private worked: FlightWork | null = null
  private given: JetInputs | null = null

  constructor(
    readonly tables: FlightTables,
    readonly panel: Panel,
    readonly simulated: boolean,
  ) {}

  get benchmark(): string | null {
    return benchmarks.find((symbol) => this.panel.symbols.includes(symbol)) ?? null
  }

  /** For the map. */
  get work(): FlightWork {
    return (this.worked ??= flightWorkOf(this.tables))
  }

  get rows(): JetRows {
    return this.data.rows
  }

  get labels(): JetLabels {
    return this.data.labels
  }

  get dataset(): RowDataset {
    return this.data.whole
  }

  get data(): JetDataset & { whole: RowDataset; visits: Int32Array } {
    if (this.made) return this.made
    const { tables, panel, simulated, benchmark } = this
    const at = benchmark === null ? -1 : panel.symbols.indexOf(benchmark)
    const made = jetDataset(tables, panel, { benchmark: at, simulated })
    const visits = visitRows(made.rows)
    return (this.made = { ...made, whole: { hash: datasetHash(made.dataset), ...made.dataset }, visits })
  }

  /** Takes in what a model says of all rows. */
  take(model: ScoringModel, scores: RowScores, milliseconds: number): void {
    const kind = kindOf(model)
    const { whole, visits } = this.data
    // Of a model that was trained on other rows it is only known until when.
    const unseen = model.dataset === whole.hash ? whole.split.validationFrom : model.trainedUntil + 1
    const fresh = firstAtOrAfter(this.panel.dates, unseen)
    const candidates = candidateScores(whole, scores, visits, kind, fresh)
    this.scored.set(kind, { model, scores, candidates, milliseconds })
    this.given = null
  }

  /** The newest model, or that with the id. */
  scoredBy(id: string | null): ScoredBy | null {
    const all = [...this.scored.values()]
    return (id === null ? all.at(-1) : all.find(({ model }) => model.id === id)) ?? null
  }

  get inputs(): JetInputs {
    return (this.given ??= {
      candidates: this.candidatesOf(this.tables, null),
      replay: (lastKnown, future) => {
        const { tables, panel } = this
        const changed =
          future === 'none'
            ? flightsBefore(tables, lastKnown)
            : flightsOfAnotherFuture(tables, lastKnown, future.seed)
        return this.candidatesOf(changed, jetRows(changed, panel.dates, { wanted: isVisit }))
      },
    })
  }

  /** @param again rows made anew of other tables, whose scores are those of the same features; null = the rows as scored */
  private candidatesOf(tables: FlightTables, again: JetRows | null): JetCandidates {
    const { rows, visits } = this.data
    const symbols = symbolsInPanel(tables, this.panel)
    const shown = again ?? rows
    const picked = again ? Int32Array.from({ length: again.rows }, (_, row) => row) : visits
    const width = shown.flat.names.length
    const value = (row: number, name: (typeof summaryNames)[number]) =>
      shown.flat.values[row * width + summaryNames.indexOf(name)]
    const place = again ? unchangedRows(again, rows, visits) : null
    const models = [...this.scored.values()].map(({ candidates }) => candidates)
    return {
      day: picked.map((row) => shown.day[row]),
      visitor: picked.map((row) => symbols[shown.company[row]]),
      visited: picked.map((row) => symbols[shown.visited[row]]),
      visits: picked.map((row) => value(row, 'visits to the counterparty in 90 days')),
      announced: Uint8Array.from(picked, (row) => value(row, 'takeover of the counterparty announced')),
      models: [
        ...ruleCandidates(shown, picked),
        ...(place === null ? models : models.map((model) => inPlaces(model, place))),
      ],
      deals: this.dealsOf(tables, symbols),
    }
  }

  private dealsOf({ events }: FlightTables, symbols: Int32Array): JetCandidates['deals'] {
    const { dates } = this.panel
    const rows = Array.from(events.day.keys()).filter((row) => {
      const kind = eventKinds[events.kind[row]]
      return (kind === 'target' || kind === 'merger') && symbols[events.company[row]] >= 0
    })
    const told = rows
      .map((row) => ({ day: firstAtOrAfter(dates, events.day[row]), symbol: symbols[events.company[row]] }))
      .filter(({ day }) => day < dates.length)
    return {
      day: Int32Array.from(told, ({ day }) => day),
      symbol: Int32Array.from(told, ({ symbol }) => symbol),
    }
  }
}

/** How the parameter of the system names a model. */
export function kindOf({ kind = 'hrm-v1' }: ScoringModel): string {
  return kind === 'hrm-v1' ? 'hrm' : kind
}

function isVisit({ visit }: { visit: unknown }): boolean {
  return visit !== null
}

function visitRows({ visited }: JetRows): Int32Array {
  return Int32Array.from(visited.keys()).filter((row) => visited[row] >= 0)
}

function inPlaces(model: CandidateScores, place: Int32Array): CandidateScores {
  const pick = (column: Float64Array) => Float64Array.from(place, (at) => (at < 0 ? NaN : column[at]))
  return {
    ...model,
    conviction: pick(model.conviction),
    event: pick(model.event),
    confidence: pick(model.confidence),
    risk: pick(model.risk),
  }
}
