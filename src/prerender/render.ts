import { render } from 'svelte/server'
import App from '../App.svelte'
import { parseReport, stringifyReport } from '../state/reportJson.ts'
import { sampleSystems, type SampleSummary, type SampleSystem } from '../state/samples.ts'
import { Workspace } from '../state/workspace.svelte.ts'
import { makeSamples } from './samples.ts'
import { summaryOf } from './summary.ts'

export interface Rendered {
  head: string
  body: string
  /** The summaries on the landing page, as JSON for the page to start from. */
  overview: string
  /** The whole reports as JSON. */
  reports: Record<SampleSystem, string>
}

/** The landing page as HTML, and the finished reports behind it. */
export async function renderLanding(): Promise<Rendered> {
  const samples = await makeSamples()
  const overview = stringifyReport(sampleSystems.map((system) => summaryOf(system, samples[system])))
  // Rendered from what the browser will read, so that both draw the same numbers.
  const workspace = new Workspace(parseReport<SampleSummary[]>(overview))
  const { head, body } = render(App, { props: { workspace } })
  const reports = Object.fromEntries(
    sampleSystems.map((system) => [system, stringifyReport(samples[system])]),
  ) as Record<SampleSystem, string>
  return { head, body, overview, reports }
}
