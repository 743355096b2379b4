import * as v from 'valibot'

const at = v.number()

/** Issues by the time of their last change: the next request begins there. */
export interface IssuesCursor {
  since: number
  /** Above 1 only where more issues changed in one second than fit on a page. */
  page: number
  /** Nothing follows the first page from `since`: where that has not changed, there is no news. */
  isSettled: boolean
}

/** Lists that are told newest first: read from page 1 until what was known at the last sweep. */
export interface SweepCursor {
  since: number
  page: number
  /** Newest seen in this sweep and before. */
  newest: number
}

export const githubLists = ['issues', 'commits', 'releases'] as const
export type GithubList = (typeof githubLists)[number]

export interface GithubCursor {
  repo: string
  /** Nothing older is taken in: of the days before it only what changed since would be known. */
  start: number
  issues: IssuesCursor
  commits: SweepCursor
  releases: SweepCursor
  /** Lists that a cut poll did not read to their end. */
  left: GithubList[]
}

const sweep = v.object({ since: at, page: at, newest: at })
const schema = v.object({
  repo: v.string(),
  start: at,
  issues: v.object({ since: at, page: at, isSettled: v.boolean() }),
  commits: sweep,
  releases: sweep,
  left: v.array(v.picklist(githubLists)),
})

/** Where the last poll ended; the beginning where there was none, or one of another repository. */
export function githubCursor(kept: unknown, repo: string, start: number): GithubCursor {
  const read = v.safeParse(schema, kept)
  if (read.success && read.output.repo === repo) return read.output
  const begin = { since: start, page: 1, newest: start }
  return {
    repo,
    start,
    issues: { since: start, page: 1, isSettled: false },
    commits: begin,
    releases: begin,
    left: [],
  }
}
