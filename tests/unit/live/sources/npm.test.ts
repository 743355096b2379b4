import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectedRow, FigureRow } from '../../../../workers/live/collectedRows.ts'
import type { Settings } from '../../../../workers/live/contract.ts'
import { npm } from '../../../../workers/live/sources/npm.ts'
import { startStub, type Stub } from '../stubServer.ts'
import { isoDay, stubWorld } from './stubWorld.ts'
import { Conversation, settingsOf } from './testContext.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 0, 15, 12)
const today = Math.floor(noon / day)
const engine = (changes: Settings = {}) =>
  settingsOf('npm', { packages: 'acme-engine', symbol: 'ACME', days: 30, ...changes })

let stub: Stub
let clock = noon
beforeEach(async () => {
  clock = noon
  stub = await startStub(stubWorld(() => clock))
})
afterEach(() => stub.close())

const figures = (rows: CollectedRow[]) => rows as FigureRow[]
const daysOf = (rows: CollectedRow[]) => figures(rows).map(({ date }) => date - today)

describe('npm', () => {
  it('gives downloads by day', async () => {
    const { rows } = await new Conversation(stub, 'npm', engine()).poll()
    expect(stub.requests[0].path).toBe('/downloads/range/2025-12-16:2026-01-14/acme-engine')
    expect(rows[0]).toEqual({
      table: 'adoption',
      counted: 'figure',
      symbol: 'ACME',
      source: 'acme-engine',
      metric: 'downloads',
      date: today - 30,
      value: 1300,
    })
  })

  it('does not take the zeros of days that are not counted yet for figures', async () => {
    const talk = new Conversation(stub, 'npm', engine())
    const first = await talk.poll()
    expect(daysOf(first.rows).at(-1)).toBe(-2)
    expect(figures(first.rows).every(({ value }) => value > 0)).toBe(true)
    // Four days later nothing was counted, then two more days are, one of them truly without downloads.
    clock = noon + 4 * day
    expect(daysOf((await talk.poll()).rows).at(-1)).toBe(-2)
    stub.world.npmCountedTo = isoDay(noon)
    Object.assign(stub.world.downloads['acme-engine'], { [isoDay(noon - day)]: 0, [isoDay(noon)]: 7 })
    const later = figures((await talk.poll()).rows)
    expect(later.slice(-2).map(({ date, value }) => [date - today, value])).toEqual([
      [-1, 0],
      [0, 7],
    ])
  })

  it('begins with the first day on which a package was there', async () => {
    stub.world.downloads['acme-engine'] = { [isoDay(noon - 5 * day)]: 3, [isoDay(noon - 3 * day)]: 4 }
    const { rows } = await new Conversation(stub, 'npm', engine()).poll()
    expect(figures(rows).map(({ value }) => value)).toEqual([3, 0, 4])
  })

  it('asks only for the last days once it knows the others, and again for corrected ones', async () => {
    const talk = new Conversation(stub, 'npm', engine())
    await talk.poll()
    clock = noon + day
    await talk.poll()
    expect(stub.requests[1].path).toBe('/downloads/range/2026-01-06:2026-01-15/acme-engine')
  })

  it('knows packages with a scope', async () => {
    const { rows } = await new Conversation(stub, 'npm', engine({ packages: '@acme/engine' })).poll()
    expect(figures(rows)[0]).toMatchObject({ source: '@acme/engine', value: 50 })
  })

  it('goes on after a budget that ended between packages, without asking twice', async () => {
    const settings = engine({ packages: 'acme-engine\n@acme/engine' })
    const talk = new Conversation(stub, 'npm', settings, { allowance: { units: 1, perMs: 3_600_000 } })
    const first = await talk.poll()
    expect(first).toMatchObject({ more: true })
    clock += 3_600_000
    const second = await talk.poll()
    expect(second.more).toBeUndefined()
    expect([...first.rows, ...second.rows].map((row) => figures([row])[0].source)).toEqual([
      ...Array<string>(29).fill('acme-engine'),
      ...Array<string>(29).fill('@acme/engine'),
    ])
    expect(stub.requests).toHaveLength(2)
  })

  it('says which package the registry does not know, and takes the others', async () => {
    const { rows, refused, firstRefusal } = await new Conversation(
      stub,
      'npm',
      engine({ packages: 'acme-engin, acme-engine' }),
    ).poll()
    expect(rows).toHaveLength(29)
    expect(refused).toBe(1)
    expect(firstRefusal).toBe('The registry knows no package acme-engin: check how it is written.')
  })

  it('leaves out days that are none, and says so', async () => {
    const downloads = [
      { day: '2026-01-05', downloads: 5 },
      { day: '2026-02-31', downloads: 5 },
      { day: '2026-01-06', downloads: '12' },
    ]
    stub.world.files['/downloads/range/2025-12-16:2026-01-14/acme-engine'] = JSON.stringify({ downloads })
    const { rows, refused, firstRefusal } = await new Conversation(stub, 'npm', engine()).poll()
    expect(rows).toHaveLength(1)
    expect(refused).toBe(2)
    expect(firstRefusal).toContain('Day 2 of acme-engine: field day should be a day such as 2026-01-31')
  })

  it('refuses settings with what to do', () => {
    expect(npm.problem(engine())).toBe('')
    expect(npm.problem(engine({ packages: '' }))).toContain('at least one package')
    expect(npm.problem(engine({ packages: '../../secrets' }))).toContain('no name of a package')
    expect(npm.problem(engine({ symbol: 'A B' }))).toContain('“A B” is no symbol')
  })
})
