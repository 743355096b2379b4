import { mount, unmount } from 'svelte'
import type { Workspace } from '../../state/workspace.svelte.ts'
import Tour from './Tour.svelte'
import { rememberTour } from './tourSeen.ts'

let running = false

/** Shows the tour over the page. It is left by its end, its button or Escape; then the focus goes back. */
export function startTour(workspace: Workspace): void {
  if (running) return
  running = true
  const from = document.activeElement
  const tour = mount(Tour, { target: document.body, props: { workspace, onleave: leave } })

  function leave(): void {
    running = false
    rememberTour()
    void unmount(tour)
    const back = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('main')
    back?.focus({ preventScroll: true })
  }
}
