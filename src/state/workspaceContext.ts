import { getContext, setContext } from 'svelte'
import type { Workspace } from './workspace.svelte.ts'

const key = Symbol('workspace')

/** Lets parts that stand everywhere, such as links into the guide, reach the workspace without being handed it. */
export function provideWorkspace(workspace: () => Workspace): void {
  setContext(key, workspace)
}

/** Undefined where a part is drawn by itself, outside the page. */
export function workspaceAround(): Workspace | undefined {
  return getContext<(() => Workspace) | undefined>(key)?.()
}
