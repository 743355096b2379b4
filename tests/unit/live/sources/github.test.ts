import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectedRow, EventRow, TicketRow } from '../../../../workers/live/collectedRows.ts'
import type { Settings } from '../../../../workers/live/contract.ts'
import { github } from '../../../../workers/live/sources/github.ts'
import { describeShared, sharedJson } from '../../shared.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { issue, stubWorld, type StubIssue } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const minute = 60_000
const day = 86_400_000
const noon = Date.UTC(2026, 0, 15, 12)
const repo = 'acme/engine'
const engine = (changes: Settings = {}) => settingsOf('github', { repo, symbol: 'acme', ...changes })
const onlyIssues = engine({ commits: 'no', releases: 'no' })

let stub: Stub
let clock = noon
beforeEach(async () => {
  clock = noon
  stub = await startStub(stubWorld(() => clock))
})
afterEach(() => stub.close())

const tickets = (rows: CollectedRow[]) => rows.filter((row): row is TicketRow => row.table === 'tickets')
const events = (rows: CollectedRow[], metric: string) =>
  rows.filter((row): row is EventRow => 'counted' in row && row.counted === 'event' && row.metric === metric)
const idsOf = (rows: { id: string }[]) => [...new Set(rows.map(({ id }) => id))].sort()

/** As many issues, each a minute after the other. */
function many(count: number, from: number): StubIssue[] {
  return Array.from({ length: count }, (_, i) => issue(i + 1, `Issue ${i + 1}`, from + i * minute))
}

describe('GitHub', () => {
  it('makes tickets of issues and leaves out pull requests, which are in the same list', async () => {
    const { rows, refused } = await new Conversation(stub, 'github', onlyIssues).poll()
    expect(refused).toBe(0)
    expect(tickets(rows).map(({ id }) => id)).toEqual([`${repo}#2`, `${repo}#1`, `${repo}#4`])
    expect(tickets(rows)[0]).toEqual({
      table: 'tickets',
      id: `${repo}#2`,
      symbol: 'ACME',
      source: repo,
      createdAt: noon - 5 * day,
      title: 'Add a dark theme',
      text: 'Steps:\n1. open "Add a dark theme", then wait',
    })
    // Pull request 3 was closed as well.
    expect(events(rows, 'issues closed')).toMatchObject([{ at: noon - 2 * day, symbol: 'ACME' }])
  })

  it('keeps the first thousand characters of a text and does without one', async () => {
    stub.world.issues[repo] = [
      issue(1, 'Long', noon - day, { body: '🛩'.repeat(1200) }),
      issue(2, 'None', noon - day, { body: null }),
    ]
    const { rows } = await new Conversation(stub, 'github', onlyIssues).poll()
    expect(tickets(rows).map(({ text }) => text)).toEqual(['🛩'.repeat(1000), ''])
  })

  it('counts commits and releases as events, drafts not among them', async () => {
    stub.world.releases[repo].push({ id: 12, tag: 'v2.0.0-draft', at: null })
    const { rows } = await new Conversation(stub, 'github', engine()).poll()
    expect(events(rows, 'commits').map(({ id, at }) => [id, at])).toEqual([
      [`${repo} 3c5d`, noon - 2 * 3_600_000],
      [`${repo} 2b4c`, noon - 2 * day],
      [`${repo} 1f3a`, noon - 6 * day],
    ])
    expect(events(rows, 'releases').map(({ id }) => id)).toEqual([`${repo} release 11`])
  })

  it('takes in only what was opened, closed or committed since the first day asked for', async () => {
    stub.world.issues[repo] = [
      issue(1, 'Old and commented on', noon - 400 * day, { updatedAt: noon - minute }),
      issue(2, 'Old and closed now', noon - 400 * day, { updatedAt: noon - minute, closedAt: noon - minute }),
      issue(3, 'New', noon - minute),
    ]
    const { rows } = await new Conversation(stub, 'github', engine({ days: 3 })).poll()
    expect(idsOf(tickets(rows))).toEqual([`${repo}#3`])
    expect(events(rows, 'issues closed')).toHaveLength(1)
    expect(events(rows, 'commits')).toHaveLength(2)
  })

  it('pages through many, cut by the budget again and again, without loss or double count', async () => {
    stub.world.issues[repo] = many(730, noon - 2 * day)
    stub.world.commits[repo] = Array.from({ length: 250 }, (_, i) => ({
      sha: `s${i}`,
      at: noon - i * minute,
    }))
    // Two requests an hour.
    stub.world.gitHubRequests = 1000
    const talk = new Conversation(stub, 'github', engine(), { allowance: { units: 2, perMs: 3_600_000 } })
    const rows: CollectedRow[] = []
    for (let hour = 0; ; hour++) {
      const result = await talk.poll()
      rows.push(...result.rows)
      if (!result.more) break
      // Meanwhile an old issue is commented on, which moves it to the end of the list, and a commit is made.
      clock += 3_600_000
      stub.world.issues[repo][hour].updatedAt = clock - minute
      stub.world.commits[repo].push({ sha: `later ${hour}`, at: clock - minute })
    }
    expect(talk.results.every(({ rows }) => rows.length <= 200)).toBe(true)
    // What came to the end of the lists meanwhile is in the next poll.
    clock += 3_600_000
    rows.push(...(await talk.poll()).rows)
    expect(idsOf(tickets(rows))).toHaveLength(730)
    const made = stub.world.commits[repo].length
    expect(idsOf(events(rows, 'commits'))).toHaveLength(made)
  })

  it('goes on where more issues changed in one second than fit on a page', async () => {
    stub.world.issues[repo] = many(350, noon - 2 * day).map((one) => ({ ...one, updatedAt: noon - day }))
    stub.world.issues[repo].push(issue(351, 'After them', noon - minute))
    const rows = await new Conversation(stub, 'github', onlyIssues).pollAll()
    expect(idsOf(tickets(rows))).toHaveLength(351)
  })

  it('does not pass over what appears late, with a time before the newest', async () => {
    const talk = new Conversation(stub, 'github', engine())
    await talk.pollAll()
    stub.world.issues[repo].push(issue(5, 'Appears late', noon - 3 * 3_600_000 - 4 * minute))
    // A branch that was worked on for days comes to the main branch.
    stub.world.commits[repo].push({ sha: 'late', at: noon - 4 * day })
    const rows = await talk.pollAll()
    expect(idsOf(tickets(rows))).toContain(`${repo}#5`)
    expect(idsOf(events(rows, 'commits'))).toContain(`${repo} late`)
  })

  it('loses nothing whichever clock is wrong', async () => {
    for (const skew of [-6 * 3_600_000, 6 * 3_600_000]) {
      const world = stubWorld(() => clock + skew)
      // The world is GitHub’s; the clock here is off by six hours.
      const other = await startStub({ ...stubWorld(() => noon), now: () => world.now() })
      const talk = new Conversation(other, 'github', engine())
      const rows = await talk.pollAll()
      other.world.issues[repo].push(issue(9, 'Afterwards', noon + minute))
      other.world.commits[repo].push({ sha: 'afterwards', at: noon + minute })
      rows.push(...(await talk.pollAll()))
      expect(idsOf(tickets(rows))).toEqual([1, 2, 4, 9].map((number) => `${repo}#${number}`))
      expect(idsOf(events(rows, 'commits'))).toHaveLength(4)
      await other.close()
    }
  })

  it('counts a closing again when an issue is opened again and closed again', async () => {
    const talk = new Conversation(stub, 'github', onlyIssues)
    const rows = await talk.pollAll()
    Object.assign(stub.world.issues[repo][0], { closedAt: noon + minute, updatedAt: noon + minute })
    rows.push(...(await talk.pollAll()))
    expect(idsOf(events(rows, 'issues closed'))).toHaveLength(2)
  })

  it('gives the same rows though they come twice and in any order', async () => {
    const usual = await new Conversation(stub, 'github', engine()).pollAll()
    for (const mode of ['duplicates', 'shuffled'] as const) {
      stub.setMode(mode)
      const rows = await new Conversation(stub, 'github', engine()).pollAll()
      const distinct = (all: CollectedRow[]) => [...new Set(all.map((row) => JSON.stringify(row)))].sort()
      expect(distinct(rows)).toEqual(distinct(usual))
    }
  })

  it('asks with an ETag once it has read to the end, which costs nothing without news', async () => {
    const talk = new Conversation(stub, 'github', engine())
    await talk.pollAll()
    await talk.pollAll()
    const before = stub.world.gitHubRequests
    const { rows, more } = await talk.poll()
    expect(stub.requests.slice(-3).map(({ status }) => status)).toEqual([304, 304, 304])
    expect(stub.world.gitHubRequests).toBe(before)
    expect(rows).toEqual([])
    expect(more).toBeUndefined()
    stub.world.issues[repo].push(issue(5, 'News', noon + minute))
    expect(idsOf(tickets((await talk.poll()).rows))).toContain(`${repo}#5`)
  })

  it('takes 403 without requests left for a limit that ends, and another 403 for a refusal', async () => {
    stub.world.gitHubRequests = 0
    const talk = new Conversation(stub, 'github', engine())
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'limit', retryAfterMs: 3_600_000 })
    stub.setMode('limit-secondary')
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'limit', retryAfterMs: 60_000 })
    stub.setMode('refused')
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'refused' })
  })

  it('keeps what came before a failure and fetches the rest later', async () => {
    stub.world.issues[repo] = many(250, noon - 2 * day)
    const talk = new Conversation(stub, 'github', onlyIssues)
    stub.world.gitHubRequests = 2
    const first = await talk.poll()
    expect(first).toMatchObject({ more: true })
    expect(tickets(first.rows)).toHaveLength(200)
    await expect(talk.poll()).rejects.toMatchObject({ kind: 'limit' })
    stub.world.gitHubRequests = 60
    expect(idsOf([...tickets(first.rows), ...tickets(await talk.pollAll())])).toHaveLength(250)
  })

  it('sends the token in a header, allows more with it, and shows it nowhere', async () => {
    const secrets = { token: 'github_pat_of_a_test' }
    expect(github.pace(engine(), {}).budget).toEqual({ units: 60, perMs: 3_600_000 })
    expect(github.pace(engine(), secrets).budget).toEqual({ units: 5000, perMs: 3_600_000 })
    const talk = new Conversation(stub, 'github', engine(), { secrets })
    await talk.pollAll()
    expect(stub.requests[0].headers.authorization).toBe('Bearer github_pat_of_a_test')
    expect(stub.requests.map(({ url }) => url).join() + talk.everything()).not.toContain(
      'github_pat_of_a_test',
    )
  })

  it('says of a repository that is not there what to check', async () => {
    const talk = new Conversation(stub, 'github', engine({ repo: 'acme/engin' }))
    await expect(talk.poll()).rejects.toThrow('GitHub shows no repository acme/engin: check owner and name.')
  })

  it('begins anew where the repository was changed', async () => {
    stub.world.issues['acme/wing'] = [issue(7, 'Of another', noon - 20 * day)]
    const talk = new Conversation(stub, 'github', onlyIssues)
    await talk.pollAll()
    Object.assign(onlyIssues, { repo: 'acme/wing' })
    const rows = await talk.pollAll()
    Object.assign(onlyIssues, { repo })
    expect(idsOf(tickets(rows))).toEqual(['acme/wing#7'])
  })

  it('refuses settings with what to do', () => {
    expect(github.problem(engine())).toBe('')
    expect(github.problem(engine({ repo: 'https://github.com/acme/engine' }))).toContain('owner and name')
    expect(github.problem(engine({ symbol: '' }))).toContain('Type the symbol')
    expect(github.problem(engine({ issues: 'no', commits: 'no', releases: 'no' }))).toContain('at least one')
    expect(github.origins(engine())).toEqual(['https://api.github.com'])
  })
})

describeShared('A thousand real issues', () => {
  interface RealIssue {
    number: number
    title: string
    body: string
    createdAt: string
    closedAt: string | null
  }

  it('come in one by one, with their texts, and those closed are counted', async () => {
    const real = sharedJson<RealIssue[]>('realdata', 'tickets', 'vscode_issues.json')
    clock = Date.UTC(2025, 9, 5)
    stub.world.issues['microsoft/vscode'] = real.map((one) => {
      const createdAt = Date.parse(one.createdAt)
      const closedAt = one.closedAt === null ? null : Date.parse(one.closedAt)
      return { ...one, createdAt, closedAt, updatedAt: closedAt ?? createdAt, isPull: false }
    })
    const settings = settingsOf('github', { repo: 'microsoft/vscode', symbol: 'MSFT' })
    const rows = await new Conversation(stub, 'github', settings).pollAll()
    expect(idsOf(tickets(rows))).toHaveLength(1000)
    expect(idsOf(events(rows, 'issues closed'))).toHaveLength(409)
    const one = tickets(rows).find(({ id }) => id === `microsoft/vscode#${real[0].number}`)
    expect(one).toMatchObject({
      title: real[0].title,
      text: real[0].body,
      createdAt: Date.parse(real[0].createdAt),
    })
  })
})
