/** What is changed about one symbol when its panel is built; rows in the database stay as in the file. */
export interface SymbolRepairs {
  symbol: string
  keep: 'last' | 'first'
  dropNonPositive: boolean
  widenHighLow: boolean
  /** Prices before `day` are divided by `factor`. Ascending by day. */
  splits: { day: number; factor: number }[]
}

/** Repairs are on until the person switches them off; the id is stable over reruns of the checks. */
export class RepairSwitches {
  readonly #off = new Set<string>()

  isActive(id: string): boolean {
    return !this.#off.has(id)
  }

  set(id: string, active: boolean): void {
    if (active) this.#off.delete(id)
    else this.#off.add(id)
  }

  /** Forgets the switches of a dataset that is gone. */
  forget(datasetId: string): void {
    for (const id of this.#off) if (id.startsWith(`${datasetId}/`)) this.#off.delete(id)
  }
}

export function findingId(datasetId: string, symbol: string, kind: string, day?: number): string {
  return [datasetId, symbol, kind, ...(day === undefined ? [] : [String(day)])].join('/')
}
