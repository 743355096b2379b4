import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectedRow, IncidentRow } from '../../../../workers/live/collectedRows.ts'
import { statuspage } from '../../../../workers/live/sources/statuspage.ts'
import { describeShared, sharedText } from '../../shared.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const hour = 3_600_000
const day = 24 * hour
const noon = Date.UTC(2026, 0, 15, 12)
const at = (url: string) => settingsOf('statuspage', { url, symbol: 'ACME' })
const page = at('https://status.acme.example/')

let stub: Stub
beforeEach(async () => {
  stub = await startStub(stubWorld(() => noon))
})
afterEach(() => stub.close())

const incidents = (rows: CollectedRow[]) => rows as IncidentRow[]
const counted = (rows: CollectedRow[]) => {
  const counts: Record<string, number> = {}
  for (const { severity } of incidents(rows)) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}

describe('A status page', () => {
  it('gives its incidents, with text where the page has HTML', async () => {
    const { rows, refused } = await new Conversation(stub, 'statuspage', page).poll()
    expect(refused).toBe(0)
    expect(rows).toEqual([
      {
        table: 'incidents',
        id: 'status.acme.example/p31zjtct2jer',
        symbol: 'ACME',
        source: 'status.acme.example',
        title: 'Errors from the API',
        startedAt: noon - 2 * hour,
        resolvedAt: NaN,
        severity: 'major',
      },
      expect.objectContaining({
        title: 'Incident with Actions & Pages',
        severity: 'minor',
        resolvedAt: noon - 3 * day + hour,
      }),
    ])
  })

  it('tells an incident again when it is resolved, under the same identifier', async () => {
    const talk = new Conversation(stub, 'statuspage', page)
    const before = incidents((await talk.poll()).rows)[0]
    Object.assign(stub.world.incidents[0], { resolvedAt: noon - 60_000, updatedAt: noon - 60_000 })
    const after = incidents((await talk.poll()).rows).find(({ id }) => id === before.id)
    expect(after).toEqual({ ...before, resolvedAt: noon - 60_000 })
  })

  it('gives nothing while nothing changed', async () => {
    const talk = new Conversation(stub, 'statuspage', page)
    await talk.poll()
    expect((await talk.poll()).rows).toEqual([])
    expect(stub.requests.slice(-2).map(({ status }) => status)).toEqual([304, 304])
  })

  it('takes in planned work once it is under way, as maintenance', async () => {
    const planned = {
      id: 'n2vqnsg14tw2',
      name: 'Moving house',
      impact: 'maintenance',
      startedAt: noon + hour,
      updatedAt: noon,
    }
    stub.world.incidents.push({ ...planned, resolvedAt: null })
    const talk = new Conversation(stub, 'statuspage', page)
    expect(counted((await talk.poll()).rows)).toEqual({ major: 1, minor: 1 })
    stub.world.incidents[2].resolvedAt = noon + 3 * hour
    const work = incidents((await talk.poll()).rows).filter(({ severity }) => severity === 'maintenance')
    expect(work).toMatchObject([
      { title: 'Moving house', startedAt: noon + hour, resolvedAt: noon + 3 * hour },
    ])
  })

  it('gives an incident once though it is told twice, in whatever order', async () => {
    for (const mode of ['duplicates', 'shuffled'] as const) {
      stub.setMode(mode)
      const { rows } = await new Conversation(stub, 'statuspage', page).poll()
      expect(
        incidents(rows)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(['status.acme.example/5jfkz8q1mlql', 'status.acme.example/p31zjtct2jer'])
    }
  })

  it('leaves out an incident without a start, counts it and says so', async () => {
    const body = {
      incidents: [
        { id: 'a', name: 'A', created_at: 'yesterday' },
        { id: 'b', name: 'B', created_at: '2026-01-15T11:00:00.000+01:00' },
      ],
    }
    stub.world.files['/feed.json'] = JSON.stringify(body)
    const { rows, refused, firstRefusal } = await new Conversation(
      stub,
      'statuspage',
      at('https://acme.example/feed.json'),
    ).poll()
    expect(rows).toMatchObject([{ startedAt: noon - 2 * hour, severity: 'minor' }])
    expect(refused).toBe(1)
    expect(firstRefusal).toContain('Incident 1: field created_at should be a time such as')
  })

  it('says of an address without incidents what to give', async () => {
    await expect(
      new Conversation(stub, 'statuspage', at('https://acme.example/blog')).poll(),
    ).rejects.toThrow(
      'acme.example has no incidents at /blog/api/v2/incidents.json: it is not made with Statuspage',
    )
    stub.world.files['/feed.json'] = '{"posts":[]}'
    await expect(
      new Conversation(stub, 'statuspage', at('https://acme.example/feed.json')).poll(),
    ).rejects.toMatchObject({
      kind: 'malformed',
    })
  })

  it('asks one origin and refuses settings with what to do', () => {
    expect(statuspage.origins(page)).toEqual(['https://status.acme.example'])
    expect(statuspage.problem(page)).toBe('')
    expect(statuspage.problem({ ...page, symbol: '' })).toContain('Type the symbol')
    expect(statuspage.problem(at('status.acme.example'))).toContain('no address')
  })
})

describeShared('Real files of incidents', () => {
  const read = async (path: string, file: string) => {
    stub.world.files[path] = sharedText('realdata', 'incidents', file)
    const result = await new Conversation(stub, 'statuspage', at(`https://status.example.com${path}`)).poll()
    expect(result.refused).toBe(0)
    expect(new Set(incidents(result.rows).map(({ id }) => id)).size).toBe(result.rows.length)
    return incidents(result.rows)
  }

  it('of Google are read whole', async () => {
    const rows = await read('/incidents.json', 'gcp_incidents_2021_2022.json')
    expect(counted(rows)).toEqual({ minor: 19, major: 118, critical: 20 })
    expect(Math.max(...rows.map(({ startedAt }) => startedAt))).toBe(Date.parse('2022-07-01T13:37:44Z'))
    expect(rows.every(({ startedAt, resolvedAt }) => resolvedAt >= startedAt)).toBe(true)
  })

  it('of Amazon are read whole, without ends and without HTML', async () => {
    const rows = await read('/data.json', 'aws_status_2021_2022.json')
    expect(counted(rows)).toEqual({ minor: 72, major: 11, critical: 3 })
    expect(rows.every(({ resolvedAt }) => Number.isNaN(resolvedAt))).toBe(true)
    expect(Math.min(...rows.map(({ startedAt }) => startedAt))).toBe(Date.parse('2021-06-24T19:53:13Z'))
    expect(rows.filter(({ title }) => /[<[]/.test(title))).toEqual([])
  })

  it('of an archive with one record a line are read whole', async () => {
    const rows = await read('/incidents.jsonl', 'github_incidents.jsonl')
    expect(counted(rows)).toEqual({ minor: 604, maintenance: 18, major: 138, none: 31, critical: 28 })
  })
})
