import { untrack } from 'svelte'
import type { Outcome, WhatIf, WhatIfRow } from '../../../../workers/backtest/api.ts'

/** What other values of a parameter bring, tried one after another: those near the present value first. */
export class Trying {
  /** By value; what has not been tried is absent. */
  rows = $state.raw<ReadonlyMap<number, WhatIfRow>>(new Map())
  /** Of the newest answer. */
  about = $state.raw<Pick<WhatIf, 'against' | 'outOfSample'> | null>(null)
  total = $state.raw(0)
  running = $state.raw(false)
  problem = $state.raw('')
  /** Milliseconds in the worker. */
  milliseconds = $state.raw(0)

  #token = 0
  #rest: number[] = []
  #ask: (value: number) => Promise<Outcome<WhatIf>> = () => Promise.reject(new Error('Nothing to try.'))

  start(values: number[], present: number, ask: (value: number) => Promise<Outcome<WhatIf>>): void {
    untrack(() => {
      this.rows = new Map()
      this.total = values.length
      this.milliseconds = 0
      this.#ask = ask
      this.#rest = values.toSorted((a, b) => Math.abs(a - present) - Math.abs(b - present))
      void this.goOn()
    })
  }

  async goOn(): Promise<void> {
    const token = ++this.#token
    this.running = true
    this.problem = ''
    while (this.#rest.length > 0) {
      const value = this.#rest[0]
      const outcome = await this.#ask(value)
      if (token !== this.#token) return
      if (!outcome.ok) {
        this.problem = outcome.code === 'superseded' ? '' : outcome.message
        break
      }
      this.#rest.shift()
      const { rows, milliseconds, against, outOfSample } = outcome.value
      this.rows = new Map(this.rows).set(value, rows[0])
      this.milliseconds += milliseconds
      this.about = { against, outOfSample }
    }
    this.running = false
  }

  /** What was tried stays. */
  cancel(): void {
    this.#token++
    this.running = false
  }
}
