import type { Workspace } from '../../state/workspace.svelte.ts'

/** The address that is given away. */
export interface SharedLink {
  url: string
  /** With everything that was tried; false where that is too long for a link. */
  whole: boolean
}

export async function sharedLink(workspace: Workspace): Promise<SharedLink> {
  const { fragment, whole } = await workspace.linkWithFamily()
  return { url: addressOf(fragment), whole }
}

export function addressOf(fragment: string): string {
  return new URL(fragment || '#', location.href).href.replace(/#$/, '')
}

/** False where the browser does not let the page write there. */
export async function copied(link: Promise<SharedLink>): Promise<boolean> {
  try {
    // The promise is handed over at once: some browsers only allow what begins with the click itself.
    const text = link.then(({ url }) => new Blob([url], { type: 'text/plain' }))
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })])
    return true
  } catch {
    return false
  }
}
