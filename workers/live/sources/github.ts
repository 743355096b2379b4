import type { CollectedRow } from '../collectedRows.ts'
import { AskFailed, type Adapter, type Settings } from '../contract.ts'
import { githubCursor, githubLists, type GithubList } from './githubCursor.ts'
import { githubInfo } from './githubInfo.ts'
import { githubIssues } from './githubIssues.ts'
import { githubOrigin } from './githubPage.ts'
import { githubSweep } from './githubSweep.ts'
import { dayMs } from './instants.ts'
import { numberOf, symbolOf, symbolProblem, textOf } from './readSettings.ts'
import { Refusals } from './refusals.ts'

const hourMs = 3_600_000

/** Issues, commits and releases of a repository (https://docs.github.com/rest). */
export const github: Adapter = {
  info: githubInfo,
  problem(settings) {
    const repo = textOf(settings, 'repo')
    if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) {
      return 'Type the repository as owner and name, such as microsoft/vscode.'
    }
    if (listsOf(settings).length === 0) return 'Choose at least one of issues, commits and releases.'
    return symbolProblem(settings)
  },
  origins: () => [githubOrigin],
  pace: (settings, secrets) => ({
    everyMs: 60_000 * Math.max(5, numberOf(settings, 'minutes', 15)),
    budget: { units: (secrets.token ?? '') === '' ? 60 : 5000, perMs: hourMs },
  }),
  async poll(context) {
    const { settings, now } = context
    const repo = textOf(settings, 'repo')
    const symbol = symbolOf(settings)
    const begin = Math.floor(now / dayMs) * dayMs - numberOf(settings, 'days', 30) * dayMs
    const cursor = { ...githubCursor(context.cursor, repo, begin) }
    const refusals = new Refusals()
    const rows: CollectedRow[] = []
    const wanted = listsOf(settings)
    const left = cursor.left.filter((list) => wanted.includes(list))
    // In turn, one page each, so that many issues do not keep the commits waiting.
    let waiting = left.length > 0 ? left : wanted
    let answers = 0
    while (waiting.length > 0) {
      const list = waiting[0]
      try {
        const hasMore =
          list === 'issues'
            ? await githubIssues(context, cursor, symbol, rows, refusals)
            : await githubSweep(context, cursor, list, symbol, rows, refusals)
        answers++
        waiting = hasMore ? [...waiting.slice(1), list] : waiting.slice(1)
      } catch (error) {
        // What came before is kept, and the rest waits.
        if (answers === 0 || !(error instanceof AskFailed)) throw error
        break
      }
    }
    return {
      rows,
      cursor: { ...cursor, left: waiting },
      refused: refusals.count,
      firstRefusal: refusals.first,
      ...(waiting.length > 0 && { more: true }),
    }
  },
}

function listsOf(settings: Settings): GithubList[] {
  return githubLists.filter((list) => textOf(settings, list) !== 'no')
}
