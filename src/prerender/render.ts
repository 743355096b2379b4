import { render } from 'svelte/server'
import App from '../App.svelte'
import { parseReport, stringifyReport } from '../state/reportJson.ts'
import { Workspace, type Sample } from '../state/workspace.svelte.ts'
import { sampleReport } from './sampleReport.ts'

/** The landing page as HTML, with the finished sample report, and the same report as JSON for the page to start from. */
export async function renderLanding(): Promise<{ head: string; body: string; sample: string }> {
  const sample = stringifyReport(await sampleReport())
  // Rendered from what the browser will read, so that both draw the same numbers.
  const { head, body } = render(App, { props: { workspace: new Workspace(parseReport<Sample>(sample)) } })
  return { head, body, sample }
}
