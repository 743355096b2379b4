import './styles/base.css'
import { hydrate, mount } from 'svelte'
import App from './App.svelte'
import { parseReport } from './state/reportJson.ts'
import { Workspace, type Sample } from './state/workspace.svelte.ts'

const target = document.getElementById('app')!
const embedded = document.getElementById('sample')?.textContent
const workspace = new Workspace(embedded ? parseReport<Sample>(embedded) : null)

// The page made at build shows the default state: any other state is drawn afresh.
const prerendered = embedded && location.hash.length <= 1
if (prerendered) hydrate(App, { target, props: { workspace } })
else {
  target.replaceChildren()
  workspace.readLink(location.hash)
  mount(App, { target, props: { workspace } })
}
