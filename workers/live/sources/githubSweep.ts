import type { CollectedRow } from '../collectedRows.ts'
import * as v from 'valibot'
import type { PollContext } from '../contract.ts'
import type { GithubCursor } from './githubCursor.ts'
import { githubPage } from './githubPage.ts'
import { dayMs, instant, isoSeconds } from './instants.ts'
import type { Refusals } from './refusals.ts'

/** Commits carry the time they were made, and come to the main branch days later. */
const overlapMs = 7 * dayMs

const commit = v.object({
  sha: v.pipe(v.string(), v.minLength(1, 'a hash')),
  commit: v.object({ committer: v.object({ date: instant }) }),
})

const release = v.object({
  id: v.number(),
  draft: v.nullish(v.boolean(), false),
  /** Null while it is a draft. */
  published_at: v.nullish(instant),
})

/**
 * One page of commits or releases, newest first. A sweep that is cut goes on at the same page: what came meanwhile
 * moves the others to later pages, so that some are read twice and none is passed over.
 * @returns whether there is more
 */
export async function githubSweep(
  context: PollContext,
  cursor: GithubCursor,
  list: 'commits' | 'releases',
  symbol: string,
  rows: CollectedRow[],
  refusals: Refusals,
): Promise<boolean> {
  const { repo, start } = cursor
  const { since, page, newest } = cursor[list]
  const query = { ...(list === 'commits' && { since: isoSeconds(since) }), page: String(page) }
  const answer = await githubPage(context, repo, list, page === 1, query)
  if (answer === null) return false
  let latest = newest
  let oldest = Infinity
  for (const [index, item] of answer.items.entries()) {
    const place = `${list === 'commits' ? 'Commit' : 'Release'} ${index + 1} of ${repo}`
    const read = list === 'commits' ? commitOf(item, place, refusals) : releaseOf(item, place, refusals)
    if (read === null) continue
    const { at, id } = read
    oldest = Math.min(oldest, at)
    // A commit may carry a time of a clock that is years ahead.
    latest = Math.max(latest, Math.min(at, context.now))
    if (at >= start && at <= context.now + dayMs) {
      rows.push({
        table: 'adoption',
        counted: 'event',
        id: `${repo} ${id}`,
        symbol,
        source: repo,
        metric: list,
        at,
      })
    }
  }
  const hasMore = answer.hasNext && (list === 'commits' || !(oldest < since))
  // Whole days, so that the address stays the same and answers without news are known as such.
  const from = Math.max(start, Math.floor((latest - overlapMs) / dayMs) * dayMs)
  cursor[list] = hasMore
    ? { since, page: page + 1, newest: latest }
    : { since: from, page: 1, newest: latest }
  return hasMore
}

function commitOf(item: unknown, place: string, refusals: Refusals): { id: string; at: number } | null {
  const one = refusals.read(commit, item, place)
  return one && { id: one.sha, at: one.commit.committer.date }
}

function releaseOf(item: unknown, place: string, refusals: Refusals): { id: string; at: number } | null {
  const one = refusals.read(release, item, place)
  if (!one || one.draft || one.published_at == null) return null
  return { id: `release ${one.id}`, at: one.published_at }
}
