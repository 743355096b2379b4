import type { DemandProblem, DemandProblemKind } from '../../quant/demandTables.ts'
import { mostExamples } from '../quality/findings.ts'

/** Something noticed while reading: how often, and the first few in words. */
export class Noticed {
  count = 0
  readonly examples: string[] = []

  add(example: () => string, count = 1): void {
    this.count += count
    if (this.examples.length < mostExamples) this.examples.push(example())
  }

  /** The problem with its sentence, or none where nothing was noticed. */
  problem(kind: DemandProblemKind, text: (count: number) => string): DemandProblem[] {
    const { count, examples } = this
    return count === 0 ? [] : [{ kind, count, examples, text: text(count) }]
  }
}
