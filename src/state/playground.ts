import { Board } from './board.svelte.ts'
import { Hrm } from './hrm.svelte.ts'
import { startHrmWorker } from './hrmWorker.ts'
import { recordedRefinement } from './recordedRefinement.ts'
import type { Workspace } from './workspace.svelte.ts'

interface Playground {
  hrm: Hrm
  board: Board
}

const playgrounds = new WeakMap<Workspace, Playground>()

/** One per tab: a training goes on while other views are looked at. */
export function playgroundOf(workspace: Workspace): Playground {
  const known = playgrounds.get(workspace)
  if (known) return known
  const hrm = new Hrm(startHrmWorker)
  const board = new Board((puzzle) => hrm.refine(puzzle), recordedRefinement)
  playgrounds.set(workspace, { hrm, board })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hrm.store()
  })
  return { hrm, board }
}
