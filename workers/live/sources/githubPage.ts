import * as v from 'valibot'
import { AskFailed, type PollContext } from '../contract.ts'
import { wholeAnswer } from './wholeAnswer.ts'

export const pageSize = 100
export const githubOrigin = 'https://api.github.com'

export interface GithubPage {
  items: unknown[]
  hasNext: boolean
}

/**
 * One page of a list of a repository; null where it has not changed since it was read.
 * @param conditional whether it was read before, to its end
 */
export async function githubPage(
  context: PollContext,
  repo: string,
  list: 'issues' | 'commits' | 'releases',
  conditional: boolean,
  query: Record<string, string>,
): Promise<GithubPage | null> {
  const url = new URL(`${githubOrigin}/repos/${repo}/${list}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  url.searchParams.set('per_page', String(pageSize))
  const token = context.secrets.token ?? ''
  const answer = await context
    .ask({
      url: url.href,
      headers: {
        Accept: 'application/vnd.github+json',
        'X-GitHub-Api-Version': '2022-11-28',
        ...(token !== '' && { Authorization: `Bearer ${token}` }),
      },
      conditional,
    })
    .catch((error: unknown) => {
      if (!(error instanceof AskFailed) || error.kind !== 'missing') throw error
      throw new AskFailed(
        'missing',
        `GitHub shows no repository ${repo}: check owner and name. A private one needs a token that may read it.`,
      )
    })
  if (answer.unchanged) return null
  const items = wholeAnswer(v.array(v.unknown()), context.json(answer), 'GitHub', `a list of ${list}`)
  const link = answer.header('link')
  // Where the header is hidden from the page, a full page may have a next one.
  const hasNext = link === null ? items.length >= pageSize : /;\s*rel="?next"?/.test(link)
  return { items, hasNext }
}
