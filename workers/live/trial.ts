import { Pass } from './ask/allowList.ts'
import { askFailedOf } from './ask/asker.ts'
import type { Collection } from './collection.ts'
import type { Ask, Secrets, Trial } from './contract.ts'
import type { FeedRun } from './feedRun.ts'
import { Refused } from './outcome.ts'
import { tableRecords } from './sources/tableRecords.ts'

/** Records of a table that are shown. */
const shownRecords = 20

/** Asks a source once, within its budget, and keeps nothing. Throws `Refused` with the sentence of what failed. */
export async function trialOf(
  run: FeedRun,
  collection: Collection,
  secrets: Secrets,
  now: number,
): Promise<Trial> {
  const { adapter } = run
  const { settings, source } = run.feed
  const pass = new Pass(adapter.origins(settings), collection.options.relay)
  const asker = collection.askerOf(run, pass, secrets, () => null)
  let text = ''
  const ask = async (request: Ask) => {
    const answer = await asker.ask(request)
    text = answer.text
    return answer
  }
  try {
    const context = { settings, secrets, cursor: null, now, ask, json: asker.json }
    const { rows, states = [], refused, firstRefusal } = await adapter.poll(context)
    const shown = source === 'table' ? firstRecords(text, settings) : { columns: [], records: [] }
    return { requests: asker.sent, rows, states, refused, firstRefusal, ...shown }
  } catch (error) {
    const failed = askFailedOf(error, secrets)
    throw new Refused(failed.kind, failed.message)
  } finally {
    pass.revoke()
  }
}

function firstRecords(
  text: string,
  settings: Parameters<typeof tableRecords>[1],
): Pick<Trial, 'columns' | 'records'> {
  const { columns, records } = tableRecords(text, settings)
  const whole = (record: string[]) => columns.map((_, at) => record[at] ?? '')
  return { columns, records: records.slice(0, shownRecords).map(whole) }
}
