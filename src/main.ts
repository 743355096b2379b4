import './trustedTypes.ts'
import './styles/base.css'
import { hydrate, mount } from 'svelte'
import App from './App.svelte'
import { parseReport } from './state/reportJson.ts'
import { sampleFilesIn, type SampleSummary } from './state/samples.ts'
import { Workspace } from './state/workspace.svelte.ts'

const target = document.getElementById('app')!
const { overview } = target.dataset
const samples = overview ? parseReport<SampleSummary[]>(overview) : []
const workspace = new Workspace(samples, sampleFilesIn(target.dataset))

// The page made at build shows the landing page: any other state is drawn afresh.
function begin(): void {
  if (samples.length > 0 && location.hash.length <= 1)
    return void hydrate(App, { target, props: { workspace } })
  target.replaceChildren()
  workspace.readLink(location.hash)
  mount(App, { target, props: { workspace } })
}

// In a task of its own: a slow phone can answer a finger between reading the scripts and bringing the page alive.
setTimeout(begin)
