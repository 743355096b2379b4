import { AskFailed, type Adapter, type Answer, type PollContext, type Settings } from '../contract.ts'
import { addressOf, addressProblem } from './address.ts'
import type { Incident } from './incidentShapes.ts'
import { incidentsOf } from './incidentsOf.ts'
import { numberOf, symbolOf, symbolProblem, textOf } from './readSettings.ts'
import { Refusals } from './refusals.ts'
import { statuspageInfo } from './statuspageInfo.ts'
import { untilCut } from './untilCut.ts'

const hourMs = 3_600_000

/** Incidents of any status page (https://www.githubstatus.com/api), or of a file of them. */
export const statuspage: Adapter = {
  info: statuspageInfo,
  problem: (settings) =>
    addressProblem(textOf(settings, 'url'), 'https://www.githubstatus.com') || symbolProblem(settings),
  origins(settings) {
    const url = addressOf(textOf(settings, 'url'))
    return url ? [url.origin] : []
  },
  pace: (settings) => ({
    everyMs: 60_000 * Math.max(1, numberOf(settings, 'minutes', 5)),
    budget: { units: 120, perMs: hourMs },
  }),
  async poll(context) {
    const { settings } = context
    const { host } = new URL(textOf(settings, 'url'))
    const refusals = new Refusals()
    const incidents = new Map<string, Incident>()
    // Both files begin anew with every poll, so that one that failed is only read later.
    await untilCut(addressesOf(settings), async (url) => {
      const answer = await ask(context, url, host)
      if (answer.unchanged) return
      const body = /\.(jsonl|ndjson)$/i.test(new URL(url).pathname)
        ? linesOf(answer.text, refusals)
        : context.json(answer)
      for (const one of incidentsOf(body, host, refusals)) incidents.set(one.id, one)
    })
    const symbol = symbolOf(settings)
    return {
      rows: [...incidents.values()].map((one) => ({
        table: 'incidents',
        ...one,
        id: `${host}/${one.id}`,
        symbol,
        source: host,
      })),
      cursor: null,
      refused: refusals.count,
      firstRefusal: refusals.first,
    }
  },
}

/** A page made with Statuspage lists incidents in one file and planned work in the other. */
function addressesOf(settings: Settings): string[] {
  const url = new URL(textOf(settings, 'url'))
  if (/\.(json|jsonl|ndjson)$/i.test(url.pathname)) return [url.href]
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  return [`${base}/api/v2/incidents.json`, `${base}/api/v2/summary.json`]
}

async function ask(context: PollContext, url: string, host: string): Promise<Answer> {
  try {
    return await context.ask({ url, conditional: true })
  } catch (error) {
    if (!(error instanceof AskFailed) || error.kind !== 'missing') throw error
    throw new AskFailed(
      'missing',
      `${host} has no incidents at ${new URL(url).pathname}: it is not made with Statuspage, or the address is another.`,
    )
  }
}

function linesOf(text: string, refusals: Refusals): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as unknown]
    } catch {
      refusals.add(`Line ${index + 1} is no JSON.`)
      return []
    }
  })
}
