import type { Workspace } from '../../state/workspace.svelte.ts'
import { sqlSessionOf } from '../sql/sqlSession.svelte.ts'
import { importFlowOf } from './importFlow.svelte.ts'
import { removalsOf } from './removals.svelte.ts'

/** What the page itself remembers of a person's files, besides what is kept: pending imports and removals, SQL. */
export function forgetPage(workspace: Workspace): void {
  for (const kind of [null, 'signals'] as const) {
    const flow = importFlowOf(workspace, kind)
    flow.discard()
    flow.finished = null
  }
  removalsOf(workspace).clear()
  sqlSessionOf(workspace).forget()
}
