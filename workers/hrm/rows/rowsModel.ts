import type { ScoringModel } from '../../quant/rows.ts'
import type { HrmConfig, Weights } from '../model/index.ts'
import type { FeatureScaler } from '../training/dataSource.ts'

/** Temperature of each head of classes, by its name; a head that is not named is taken as it is. */
export type Temperatures = Record<string, number>

/** All that it takes to score rows by a network. */
export interface RowsModel {
  weights: Weights
  config: HrmConfig
  /** As `fitRowScalers` has them. */
  scalers: FeatureScaler[]
  calibration: Temperatures
  scoring: ScoringModel
}
