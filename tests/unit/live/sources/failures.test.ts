import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AskFailed, type Settings, type SourceId } from '../../../../workers/live/contract.ts'
import { adapters } from '../../../../workers/live/sources/adapters.ts'
import { sourceInfos } from '../../../../workers/live/sources/infos.ts'
import { startStub, type Stub, type StubMode } from '../stubServer.ts'
import { stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const sources: Record<SourceId, Settings> = {
  opensky: settingsOf('opensky'),
  readsb: settingsOf('readsb', { url: 'https://api.adsb.lol/v2/hex/a2fcf2' }),
  github: settingsOf('github', { repo: 'acme/engine', symbol: 'ACME' }),
  npm: settingsOf('npm', { packages: 'acme-engine', symbol: 'ACME' }),
  statuspage: settingsOf('statuspage', { url: 'https://status.acme.example', symbol: 'ACME' }),
  table: settingsOf('table', { url: 'https://vendor.example/prices/{symbol}.csv', symbols: 'ACME' }),
}
const ids = Object.keys(sources) as SourceId[]

/** What each failure is, whoever fails; `truncated` and `empty` differ for CSV, which has no end of its own. */
const failures: Partial<Record<StubMode, AskFailed['kind']>> = {
  limit: 'limit',
  'limit-github': 'limit',
  'limit-secondary': 'limit',
  refused: 'refused',
  unauthorised: 'refused',
  server: 'server',
  timeout: 'timeout',
  cut: 'refused',
  page: 'malformed',
  empty: 'malformed',
}

let stub: Stub
beforeAll(async () => {
  stub = await startStub(stubWorld(() => noon))
})
afterAll(() => stub.close())

describe.each(ids)('%s', (source) => {
  it('fails in a sentence whatever goes wrong, and gives everything afterwards', async () => {
    const usual = await new Conversation(stub, source, sources[source]).poll()
    for (const [mode, kind] of Object.entries(failures)) {
      const patienceMs = mode === 'timeout' ? 150 : undefined
      const talk = new Conversation(stub, source, sources[source], { patienceMs })
      stub.setMode(mode as StubMode)
      const failure = await talk.poll().catch((error: unknown) => error)
      stub.setMode('ok')
      expect(failure, mode).toBeInstanceOf(AskFailed)
      expect(failure, mode).toMatchObject({ kind })
      expect((failure as AskFailed).message, mode).toMatch(/^[A-Za-z].*[.…]$/)
      const after = await talk.poll()
      expect([after.rows, after.states, after.refused], mode).toEqual([usual.rows, usual.states, 0])
    }
  })

  it('takes nothing from JSON that breaks off', async () => {
    if (source === 'table') return
    const talk = new Conversation(stub, source, sources[source])
    stub.setMode('truncated')
    const failure = await talk.poll().catch((error: unknown) => error)
    stub.setMode('ok')
    expect(failure).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('breaks off') as string,
    })
  })

  it('says what it gives, costs, may be used for and where, with fields that a form can show', () => {
    const info = sourceInfos.find(({ id }) => id === source)
    expect(info).toBe(adapters[source].info)
    if (!info) return
    for (const text of [info.summary, info.cost, info.limits, info.licence, info.browsers]) {
      expect(text).toMatch(/^[A-Za-z0-9].*\.$/)
    }
    const names = info.fields.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name, label, help, onlyWhen } of info.fields) {
      expect(`${label} ${help}`, name).toMatch(/^[A-Z].*[.…]$|^[A-Z].*abc\.$/)
      if (onlyWhen) expect(names).toContain(onlyWhen.field)
    }
  })

  it('has settings without a problem, and origins for all it asks', () => {
    expect(adapters[source].problem(sources[source])).toBe('')
    expect(
      adapters[source].origins(sources[source]).every((origin) => new URL(origin).origin === origin),
    ).toBe(true)
    // What the form proposes is not to be turned on unread, but for OpenSky, whose box is filled in.
    expect(adapters[source].problem(settingsOf(source)) === '').toBe(source === 'opensky')
  })
})
