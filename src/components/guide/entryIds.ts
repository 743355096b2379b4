import type { GuardId, MetricId } from '../../../workers/backtest/api.ts'
import type { TableName } from '../../../workers/data/api.ts'
import type { SystemId } from '../../../workers/systems/api.ts'
import type { SectionId } from './contents.ts'
import type { dataTerms } from './terms/dataTerms.ts'
import type { learningTerms } from './terms/learningTerms.ts'
import type { luckTerms } from './terms/luckTerms.ts'
import type { optionTerms } from './terms/optionTerms.ts'
import type { tradingTerms } from './terms/tradingTerms.ts'

/** Words that are explained by themselves. */
export type WordId = keyof (typeof tradingTerms &
  typeof luckTerms &
  typeof optionTerms &
  typeof learningTerms &
  typeof dataTerms)

/** Entries that are made from the interface’s own lists. Metrics of a report carry plain strings as ids. */
export type ListedId =
  | `metric.${MetricId | (string & {})}`
  | `guard.${GuardId}`
  | `table.${TableName}`
  | `verdict.${string}`
  | `param.${SystemId}.${string}`

export type GlossaryId = WordId | ListedId
/** Where a link into the guide can lead. */
export type EntryId = SectionId | GlossaryId
