import type { CollectedRow } from '../collectedRows.ts'
import * as v from 'valibot'
import type { PollContext } from '../contract.ts'
import type { GithubCursor } from './githubCursor.ts'
import { githubPage } from './githubPage.ts'
import { instant, isoSeconds } from './instants.ts'
import type { Refusals } from './refusals.ts'

/** Issues become visible a little after the time they carry. */
const overlapMs = 5 * 60_000
const longestText = 1000

const issue = v.object({
  number: v.number(),
  title: v.string(),
  body: v.nullish(v.string(), ''),
  created_at: instant,
  updated_at: instant,
  closed_at: v.nullish(instant),
  /** Pull requests are in the list of issues. */
  pull_request: v.nullish(v.unknown()),
})

/**
 * One page of issues by the time of their last change, oldest first; the next page begins at the last time of this
 * one rather than at a number, because an issue that changes meanwhile moves to the end and would push another off.
 * @returns whether there is more
 */
export async function githubIssues(
  context: PollContext,
  cursor: GithubCursor,
  symbol: string,
  rows: CollectedRow[],
  refusals: Refusals,
): Promise<boolean> {
  const { repo, start, issues } = cursor
  const page = await githubPage(context, repo, 'issues', issues.isSettled, {
    state: 'all',
    sort: 'updated',
    direction: 'asc',
    since: isoSeconds(issues.since),
    page: String(issues.page),
  })
  if (page === null) return false
  let newest = issues.since
  for (const [index, item] of page.items.entries()) {
    const one = refusals.read(issue, item, `Issue ${index + 1} of ${repo}`)
    if (!one) continue
    newest = Math.max(newest, one.updated_at)
    if (one.pull_request != null) continue
    const id = `${repo}#${one.number}`
    if (one.created_at >= start) {
      rows.push({
        table: 'tickets',
        id,
        symbol,
        source: repo,
        createdAt: one.created_at,
        title: one.title,
        text: [...one.body].slice(0, longestText).join(''),
      })
    }
    if (one.closed_at != null && one.closed_at >= start) {
      rows.push({
        table: 'adoption',
        counted: 'event',
        // An issue that is opened again can be closed again.
        id: `${id} closed ${isoSeconds(one.closed_at)}`,
        symbol,
        source: repo,
        metric: 'issues closed',
        at: one.closed_at,
      })
    }
  }
  if (page.hasNext) {
    const moved = newest > issues.since
    cursor.issues = { since: newest, page: moved ? 1 : issues.page + 1, isSettled: false }
    return true
  }
  // No overlap while a poll is cut, or one of many changes would never come to its end.
  const since = Math.max(issues.since, newest - overlapMs)
  cursor.issues = { since, page: 1, isSettled: since > issues.since || issues.page === 1 }
  return false
}
