import type { ImportPlan, TableName } from '../../../workers/data/api.ts'
import { isReady, isTable, isUnknown } from './openQuestions.ts'
import { tablesInOrder, tableTitle } from './tableTitles.ts'

export type PlanState = 'question' | 'ready' | 'unknown' | 'unreadable'

export interface PlanGroup {
  id: string
  state: PlanState
  /** Null = whatever their table. */
  kind: TableName | null
  title: string
  plans: ImportPlan[]
}

export function stateOf(plan: ImportPlan): PlanState {
  if (isReady(plan)) return 'ready'
  if (isUnknown(plan)) return 'unknown'
  return isTable(plan) ? 'question' : 'unreadable'
}

/** Where a file stood when a person began to edit it: it stays there while they do. */
export interface Held {
  fileId: string
  state: PlanState
  kind: TableName
}

/** What asks for an answer first, then what is ready by table, then what fits no table or cannot be read. */
export function planGroups(plans: ImportPlan[], held: Held | null = null): PlanGroup[] {
  const placed = plans.map((plan) =>
    held?.fileId === plan.fileId
      ? { plan, state: held.state, kind: held.kind }
      : { plan, state: stateOf(plan), kind: plan.kind },
  )
  const of = (wanted: PlanState, table: TableName | null = null) =>
    placed
      .filter(({ state, kind }) => state === wanted && (table === null || kind === table))
      .map(({ plan }) => plan)
  const groups: PlanGroup[] = [
    { id: 'question', state: 'question', kind: null, title: 'A question is open', plans: of('question') },
    ...tablesInOrder.map((kind) => ({
      id: `ready ${kind}`,
      state: 'ready' as const,
      kind,
      title: tableTitle(kind),
      plans: of('ready', kind),
    })),
    { id: 'unknown', state: 'unknown', kind: null, title: 'No table recognised', plans: of('unknown') },
    { id: 'unreadable', state: 'unreadable', kind: null, title: 'Cannot be read', plans: of('unreadable') },
  ]
  return groups.filter((group) => group.plans.length > 0)
}
