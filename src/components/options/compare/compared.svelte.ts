import type { ExpressionRow, Expressions, Outcome, StructureKind } from '../../../../workers/backtest/api.ts'

/** Runs the same signals through structures, one after the other, so that one can watch and stop. */
export class Compared {
  rows = $state.raw<ReadonlyMap<StructureKind, ExpressionRow>>(new Map())
  /** Days and benchmark of the runs; null before the first. */
  about = $state.raw<Omit<Expressions, 'rows'> | null>(null)
  /** Names the settings that the rows are of. */
  of = $state.raw('')
  running = $state.raw(false)
  problem = $state.raw('')
  #turn = 0

  /** @param key names the settings; rows of others are thrown away */
  async run(
    key: string,
    kinds: StructureKind[],
    ask: (kind: StructureKind) => Promise<Outcome<Expressions>>,
  ): Promise<void> {
    const turn = ++this.#turn
    if (key !== this.of) {
      this.rows = new Map()
      this.about = null
    }
    this.of = key
    this.problem = ''
    this.running = true
    for (const kind of kinds) {
      if (this.rows.has(kind)) continue
      const outcome = await ask(kind)
      if (turn !== this.#turn) return
      if (!outcome.ok) {
        this.problem = outcome.code === 'superseded' ? '' : outcome.message
        break
      }
      const { rows, ...about } = outcome.value
      this.about = about
      this.rows = new Map([...this.rows, ...rows.map((row) => [row.kind, row] as const)])
    }
    this.running = false
  }

  /** What was computed stays. */
  cancel(): void {
    this.#turn++
    this.running = false
  }
}
