import { routeOf, type ViewId } from '../../routes.ts'

const title = 'Contrail: is the signal real?'

/** What the tab is called while a view is open. */
export function titleOf(view: ViewId): string {
  return view === 'overview' ? title : `${routeOf(view).label} · Contrail`
}

/**
 * Brings the keyboard and what is read aloud to the view that was opened, without scrolling. Where the focus already
 * is inside of the view, in a dialog or in a field, it stays: the view, or the person, put it there.
 *
 * @param still whether the view is still the one that was opened
 */
export async function focusHeading(main: HTMLElement, still: () => boolean): Promise<void> {
  // A view that was loaded is on the page some frames later.
  for (let frame = 0; frame < 30 && !main.querySelector('h1'); frame++)
    await new Promise(requestAnimationFrame)
  const at = document.activeElement
  if (!still() || (at && at !== document.body && at !== main && !at.closest('nav'))) return
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  const target = heading ?? main
  target.focus({ preventScroll: true })
}
