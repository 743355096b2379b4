import { readUnasked } from '../../state/tablesRead.ts'
import type { Workspace } from '../../state/workspace.svelte.ts'

/** What the result depends on and no link can name: rows that live sources collect grow by the minute. */
export function tablesReadUnnamed({ state, datasets }: Workspace): string[] {
  const prices = datasets.filter(({ collected, kind }) => collected && kind === 'prices')
  const others = readUnasked(state, datasets).filter(({ collected }) => collected)
  return [...prices, ...others].map(({ name }) => name)
}
