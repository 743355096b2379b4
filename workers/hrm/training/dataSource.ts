import type { Random } from '../../quant/random.ts'
import type { Batch, HrmModel } from '../model/index.ts'

/** How one feature was standardised, and where it lay in training: a later value far outside says so. */
export interface FeatureScaler {
  name: string
  mean: number
  deviation: number
  /** Smallest and largest value seen in training, before it was standardised. */
  minimum: number
  maximum: number
}

/** Where rows come from: puzzles drawn without end, or fixed rows in the order of epochs (`epochRows`). */
export interface DataSource {
  /**
   * Fresh rows to train on.
   * @param random the training's own generator; all draws come from it
   * @param drawn rows handed out since the training began
   */
  next(rows: number, random: Random, drawn: number): Batch
  /** Rows that training never sees, always the same ones. */
  validation: Batch[]
  /** Names the data: a training is only gone on with over the data it began with. */
  hash: string
  /** Of input by features; null for tokens. */
  scalers: FeatureScaler[] | null
  /** Temperatures by head, of the rows that training never sees; absent where answers are taken as they are. */
  calibrate?: (model: HrmModel) => Promise<Record<string, number>>
}
