import './styles/base.css'
import { hydrate, mount } from 'svelte'
import App from './App.svelte'
import { parseReport } from './state/reportJson.ts'
import { Workspace, type Sample } from './state/workspace.svelte.ts'

const target = document.getElementById('app')!
const sample = await readSample()
const workspace = new Workspace(sample)

// The page made at build shows the default state: any other state is drawn afresh.
if (sample && location.hash.length <= 1) hydrate(App, { target, props: { workspace } })
else {
  target.replaceChildren()
  workspace.readLink(location.hash)
  mount(App, { target, props: { workspace } })
}

/** The report that the page was made with; null in development, where no page is made. */
async function readSample(): Promise<Sample | null> {
  const link = document.querySelector<HTMLLinkElement>('link#sample')
  if (!link) return null
  try {
    return parseReport<Sample>(await (await fetch(link.href)).text())
  } catch {
    // The report is computed in the tab anyway.
    return null
  }
}
