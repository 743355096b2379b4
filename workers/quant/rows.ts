/**
 * Rows to learn from, as numbers alone: whoever trains on them need not know what they are about. Each row is
 * a decision at the close of a day, seen twice: as a flat table for trees and regressions, and as a sequence of
 * tokens, the first of which is the summary that the answers are read at.
 */
export interface RowTable {
  rows: number
  /** Flat features. */
  flat: {
    /** [rows × names] row-major; NaN = missing */
    values: Float32Array
    names: string[]
  }
  sequence: {
    /** Tokens a row. */
    length: number
    /** [rows × length × names] row-major; NaN = missing or of no meaning at this level */
    values: Float32Array
    names: string[]
    /** [rows × length] 0 … levelNames − 1; −1 = an empty token */
    levels: Int8Array
    levelNames: string[]
    /** [rows × length] 0 … ageBuckets − 1 */
    ages: Uint8Array
    ageBuckets: number
  }
}

/** How a class head of a row table is called and what it may answer. */
export interface ClassLabels {
  name: string
  classes: string[]
  /** [rows] −100 = not known, censored, or of no meaning for the row */
  values: Int32Array
}

export interface RowDataset extends RowTable {
  /** Names the content: all columns, labels and the split. Hex. */
  hash: string
  /** What a person calls the rows: "Simulated market, 1,204 visits and 9,360 company-weeks". */
  title: string
  simulated: boolean
  /** In the order of the model's heads; by the first a row is right or wrong. */
  labels: ClassLabels[]
  /** One number a row to be foretold; NaN = not known. */
  value: { name: string; values: Float32Array }
  /** [rows] epoch day of the decision, ascending */
  known: Int32Array
  /** [rows] epoch day on which all labels of the row are settled */
  resolved: Int32Array
  /** [rows] epoch day of what the class of the event head stands for; −1 = none. Absent = not told. */
  eventDay?: Int32Array
  /** [rows] what the row is about, for the identity prefix and for leaving companies out */
  entity: Int32Array
  entities: number
  /** [rows] 1 = the row counts where models are compared; the others are trained on only */
  judged: Uint8Array
  /** [rows] the fixed rules to compare with; higher = more likely the class `positive` of `labels[0]` */
  rules: { name: string; scores: Float64Array }[]
  split: RowSplit
}

/** One chronological split. Rows are indices, ascending; in none of them a label reaches into the next part. */
export interface RowSplit {
  train: Int32Array
  validation: Int32Array
  /** The untouched end, of entities that training may have seen. */
  test: Int32Array
  /** The same days, of entities that it has not. */
  unseen: Int32Array
  /** First epoch days of validation and of the test. */
  validationFrom: number
  testFrom: number
  /** Left out because a label reaches into the next part, and for their entity. */
  purged: number
  heldOut: number
}

/** What a model says of rows. */
export interface RowScores {
  /** By name of the class head: [rows × classes] calibrated probabilities. */
  probabilities: Record<string, Float32Array>
  /** [rows] the number foretold, in the unit of the dataset; NaN where the model has no such head */
  value: Float32Array
  /** [rows × segments] probability of halting after each segment; empty where the model does not halt */
  halting: Float32Array
  segments: number
}

/** Who a score comes from, and until when it knew the answers. */
export interface ScoringModel {
  id: string
  /** "HRM, 32 wide, 420 steps" */
  name: string
  /** What it is: a mode of the network (`hrm-v1`, `trm`, …) or a baseline (`boosted-trees`, …); absent = `hrm-v1`. */
  kind?: string
  /** Names of the flat and sequence features it was trained on, in order: other rows cannot be scored. */
  features: string[]
  /** Epoch days: no label settled later was seen in training, none later than the second in choosing. */
  trainedUntil: number
  validatedUntil: number
  /** Hash of the dataset it was trained on. */
  dataset: string
  /** What has come with the page, not out of a training here. */
  packaged: boolean
  /** That its stored checkpoint carries, the same in every browser; absent = it is not stored. */
  sha256?: string
}

/** Computes scores for rows; lives in the worker that has tfjs. */
export interface RowScorer {
  /**
   * Scores any rows with the features of the model; a model that knows what rows are about reads `entity` where
   * it is there. Rejects with a sentence where it cannot.
   */
  score(model: string, rows: RowTable & { entity?: Int32Array }): Promise<RowScores>
}
