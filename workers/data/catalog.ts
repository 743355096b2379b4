import type { Content, DatasetSummary } from './api.ts'
import { Problem } from './problem.ts'
import type { Refusals } from './refusals.ts'

export interface Dataset {
  summary: DatasetSummary
  /** SQL table that holds its rows; a name of ours, never one of the user's. */
  table: string
  refused: Refusals
  /** What became of the records of its file; rows as they are unless set. */
  content?: Content
  /** SQL table of the tickets one by one that its rows were counted from. */
  texts?: string
  /** SQL table of its legs with the places where they began and ended, by which airports are found. */
  ends?: string
}

/** What is loaded, in the order it was loaded. */
export class Catalog {
  readonly #datasets = new Map<string, Dataset>()
  #last = 0

  /** A fresh id, which is the name of the SQL table as well. */
  nextId(): string {
    this.#last++
    return `dataset_${this.#last}`
  }

  add(dataset: Dataset): void {
    this.#datasets.set(dataset.summary.id, dataset)
  }

  remove(id: string): void {
    this.#datasets.delete(id)
  }

  all(): Dataset[] {
    return [...this.#datasets.values()]
  }

  get(id: string): Dataset {
    const dataset = this.#datasets.get(id)
    if (!dataset) {
      throw new Problem(
        'no-dataset',
        'This dataset is no longer loaded. Choose another, or load the file again.',
      )
    }
    return dataset
  }
}
