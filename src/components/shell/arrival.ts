import { routeOf, type ViewId } from '../../routes.ts'

const title = 'Contrail: is the signal real?'

/** What the tab is called while a view is open. */
export function titleOf(view: ViewId): string {
  return view === 'overview' ? title : `${routeOf(view).label} · Contrail`
}

/**
 * Brings the keyboard and what is read aloud to the view that was opened, without scrolling. Where the focus already
 * is inside of the view, in a dialog or in a field, it stays: the view, or the person, put it there.
 */
export function focusHeading(main: HTMLElement): void {
  const at = document.activeElement
  if (at && at !== document.body && at !== main && !at.closest('nav')) return
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  const target = heading ?? main
  target.focus({ preventScroll: true })
}
