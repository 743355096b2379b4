import type { OwnerDecision, OwnerMatch, Outcome } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import type { Database } from '../database.ts'
import type { Keep } from '../keep/keep.ts'
import { Problem } from '../problem.ts'
import { loadedTables, rowsOf } from '../quality/loadedTables.ts'
import { isoOf } from '../read/dates.ts'
import { csvCell } from '../refusals.ts'
import type { DataSession } from '../session.ts'
import { cautionOf } from './caution.ts'
import { CompanyIndex, likelyScore, type Company } from './companyIndex.ts'
import { readDecisions, writeDecisions, type Decisions } from './decisions.ts'
import {
  dropFilling,
  fillSymbols,
  isFilledTable,
  prepareFilling,
  unfillSymbols,
  unnamedOwners,
  type FilledTable,
} from './fillSymbols.ts'

/** Who stands behind the names in registries and lists of events: proposed here, decided by the person. */
export class Ownership {
  readonly #session: DataSession
  readonly #keep: Keep
  readonly #filled: (kind: FilledTable) => Promise<void>
  #decisions: Decisions = new Map()
  /** Datasets whose rows carry the decisions. */
  readonly #prepared = new Map<string, Dataset>()
  #index: { of: string; companies: CompanyIndex; known: Map<string, OwnerMatch['candidates']> } | null = null

  /** @param filled called after rows of a table were filled or emptied */
  constructor(session: DataSession, keep: Keep, filled: (kind: FilledTable) => Promise<void>) {
    this.#session = session
    this.#keep = keep
    this.#filled = filled
  }

  /** To be called inside a turn when datasets came or went, or what is kept has changed: rows follow the decisions. */
  async follow(): Promise<void> {
    const database = await this.#session.open()
    await this.#readKept(database)
    const present = new Map(this.#session.catalog.all().map((dataset) => [dataset.summary.id, dataset]))
    for (const [id, dataset] of this.#prepared) {
      if (present.has(id)) continue
      this.#prepared.delete(id)
      await dropFilling(database, dataset)
    }
    for (const [id, dataset] of present) {
      const { kind } = dataset.summary
      if (this.#prepared.has(id) || !isFilledTable(kind)) continue
      this.#prepared.set(id, dataset)
      await prepareFilling(database, dataset)
      await this.#fill(database, dataset, [...this.#decisions.values()])
    }
  }

  matches(): Promise<Outcome<OwnerMatch[]>> {
    return this.#session.inTurn(async () => {
      await this.follow()
      const database = await this.#session.open()
      const { companies, known } = await this.#companies(database)
      const propose = (name: string) => {
        const found = known.get(name) ?? companies.candidates(name)
        known.set(name, found)
        return found
      }
      const counts = new Map<string, { aircraft: number; events: number }>()
      for (const dataset of this.#prepared.values()) {
        const { kind } = dataset.summary
        if (!isFilledTable(kind)) continue
        for (const [name, n] of await unnamedOwners(database, dataset, kind)) {
          const count = counts.get(name) ?? { aircraft: 0, events: 0 }
          count[kind] += n
          counts.set(name, count)
        }
      }
      for (const [name, n] of await this.#counterparties(database)) {
        if (companies.has(name)) continue
        // Most of what companies buy is not listed anywhere: only a likely name is worth a question.
        const likely = (propose(name)[0]?.score ?? 0) >= likelyScore
        const count = counts.get(name)
        if (count) count.events += n
        else if (likely) counts.set(name, { aircraft: 0, events: n })
      }
      return [...counts]
        .map(([owner, count]) => ({
          owner,
          ...count,
          caution: cautionOf(owner)?.text ?? '',
          candidates: propose(owner),
          decision: this.#decisions.get(owner) ?? null,
        }))
        .sort(
          (a, b) =>
            (b.candidates[0]?.score ?? 0) - (a.candidates[0]?.score ?? 0) ||
            b.aircraft + b.events - (a.aircraft + a.events) ||
            (a.owner < b.owner ? -1 : 1),
        )
    })
  }

  /** All of them or none. */
  decide(decisions: OwnerDecision[]): Promise<Outcome<null>> {
    return this.#session.inTurn(async () => {
      const database = await this.#session.open()
      const checked: OwnerDecision[] = []
      for (const decision of decisions) checked.push(await this.#checked(database, decision))
      await this.#change(
        database,
        checked.map(({ owner }) => owner),
        checked,
      )
      return null
    })
  }

  undecide(owner: string): Promise<Outcome<null>> {
    return this.#session.inTurn(async () => {
      await this.#change(await this.#session.open(), [owner], [])
      return null
    })
  }

  /** To be called inside a turn: what a person has decided, here or on an earlier visit. */
  async decisions(database: Database): Promise<OwnerDecision[]> {
    await this.#readKept(database)
    return [...this.#decisions.values()]
  }

  csv(): Promise<Outcome<Blob>> {
    return this.#session.inTurn(async () => {
      await this.#readKept(await this.#session.open())
      const day = (epochDay: number | null) => (epochDay === null ? '' : isoOf(epochDay))
      const lines = ['owner,symbol,valid_from,valid_to,score']
      for (const { owner, symbol, validFrom, validTo, score } of writeDecisions(this.#decisions).decisions) {
        if (symbol === null) continue
        lines.push([owner, symbol, day(validFrom), day(validTo), String(score)].map(csvCell).join(','))
      }
      return new Blob([lines.join('\r\n') + '\r\n'], { type: 'text/csv;charset=utf-8' })
    })
  }

  /** A decision that makes sense: a company that is loaded, dates in order. Throws a `Problem`. */
  async #checked(database: Database, decision: OwnerDecision): Promise<OwnerDecision> {
    const { owner, validFrom, validTo } = decision
    const symbol = decision.symbol?.trim().toUpperCase() ?? null
    if (validFrom !== null && validTo !== null && validFrom > validTo) {
      throw new Problem('owner', `${owner} cannot belong to a company until a day before its first.`)
    }
    if (symbol !== null && !(await this.#companies(database)).companies.has(symbol)) {
      throw new Problem(
        'owner',
        `${symbol} is not among the companies loaded. Load a list of companies that has it, or choose another.`,
      )
    }
    return { ...decision, symbol }
  }

  /** Takes back what was decided about some names and decides anew. */
  async #change(database: Database, owners: string[], decisions: OwnerDecision[]): Promise<void> {
    await this.follow()
    const apply = (kept: Decisions) => {
      for (const owner of owners) kept.delete(owner)
      for (const decision of decisions) kept.set(decision.owner, decision)
      return kept
    }
    await this.#keep.changeDocument('owners', (now) => writeDecisions(apply(readDecisions(now))))
    apply(this.#decisions)
    for (const dataset of this.#prepared.values()) {
      const { kind } = dataset.summary
      if (!isFilledTable(kind)) continue
      await unfillSymbols(database, dataset, kind, owners)
      await this.#fill(database, dataset, decisions)
    }
  }

  /** Another tab, an earlier visit, or “forget everything” may have changed the decisions. */
  async #readKept(database: Database): Promise<void> {
    if ((await this.#keep.state()).kind === 'off') return
    const kept = readDecisions(await this.#keep.readDocument('owners'))
    if (same(kept, this.#decisions)) return
    this.#decisions = kept
    for (const dataset of this.#prepared.values()) {
      const { kind, id } = dataset.summary
      if (!isFilledTable(kind) || !this.#session.catalog.all().some(({ summary }) => summary.id === id))
        continue
      await unfillSymbols(database, dataset, kind, null)
      await this.#fill(database, dataset, [...kept.values()])
    }
  }

  async #fill(database: Database, dataset: Dataset, decisions: OwnerDecision[]): Promise<void> {
    const { kind } = dataset.summary
    if (!isFilledTable(kind)) return
    await fillSymbols(database, dataset, kind, decisions)
    if (kind === 'events') {
      const found = await database.query(
        `SELECT DISTINCT symbol FROM ${rowsOf({ datasets: [dataset] }, 'symbol')} WHERE symbol <> '' ORDER BY symbol`,
      )
      dataset.summary = { ...dataset.summary, symbols: found.texts('symbol') }
    }
    await this.#filled(kind)
  }

  async #companies(database: Database) {
    const table = loadedTables(this.#session.catalog.all()).get('companies')
    const of = table?.datasets.map(({ summary }) => summary.id).join(' ') ?? ''
    if (this.#index?.of !== of) {
      let companies: Company[] = []
      if (table) {
        const found = await database.query(
          `SELECT symbol, any_value(name) AS name FROM ${rowsOf(table, 'symbol, name')} GROUP BY symbol ORDER BY symbol`,
        )
        const names = found.texts('name')
        companies = found.texts('symbol').map((symbol, i) => ({ symbol, name: names[i] }))
      }
      this.#index = { of, companies: new CompanyIndex(companies), known: new Map() }
    }
    return this.#index
  }

  /** Names on the other side of events, and how often each comes. */
  async #counterparties(database: Database): Promise<Map<string, number>> {
    const events = loadedTables(this.#session.catalog.all()).get('events')
    if (!events) return new Map()
    const found = await database.query(
      `SELECT counterparty AS name, count(*)::INTEGER AS n FROM ${rowsOf(events, 'counterparty')}
       WHERE counterparty <> '' GROUP BY name ORDER BY name`,
    )
    const counts = found.integers('n')
    return new Map(found.texts('name').map((name, i) => [name, counts[i]]))
  }
}

function same(a: Decisions, b: Decisions): boolean {
  return JSON.stringify(writeDecisions(a)) === JSON.stringify(writeDecisions(b))
}
