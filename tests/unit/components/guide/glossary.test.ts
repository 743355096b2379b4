import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { guideSections, sectionOf } from '../../../../src/components/guide/contents.ts'
import { entryOf, glossary, placeOf } from '../../../../src/components/guide/glossary.ts'
import { verdictEntry } from '../../../../src/components/guide/verdictEntry.ts'
import { verdictTitle } from '../../../../src/components/report/verdictWords.ts'
import { guardIds, metricIds } from '../../../../workers/backtest/api.ts'
import { tableNames } from '../../../../workers/data/schema.ts'
import { systemInfos } from '../../../../workers/systems/api.ts'

const source = join(import.meta.dirname, '..', '..', '..', '..', 'src')
const components = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }))

describe('the guide has an entry', () => {
  test.each([
    ['metric of the report', metricIds.map((id) => `metric.${id}`)],
    ['guard', guardIds.map((id) => `guard.${id}`)],
    ['table', tableNames.map((name) => `table.${name}`)],
    ['verdict', Object.keys(verdictTitle).map(verdictEntry)],
    [
      'parameter of a system',
      systemInfos.flatMap(({ id, params }) => Object.keys(params).map((name) => `param.${id}.${name}`)),
    ],
  ])('for every %s', (_what, ids) => {
    expect(ids.length).toBeGreaterThan(4)
    expect(ids.filter((id) => entryOf(id) === undefined)).toEqual([])
  })

  test('for everything that a component links to', () => {
    const linked = components.flatMap(({ name, text }) =>
      [
        ...text.matchAll(
          /<(?:Hint|GuideLink|DaysField|SettingField|NumberField)\b[^>]*?\b(?:guide|to)="([\w.-]+)"/g,
        ),
      ].map(([, id]) => ({ name, id })),
    )
    expect(linked.length).toBeGreaterThan(60)
    expect(linked.filter(({ id }) => !entryOf(id) && !sectionOf(id))).toEqual([])
  })

  test('once for each name, and none that is the name of a section', () => {
    const ids = [...glossary.map(({ id }) => id), ...guideSections.map(({ id }) => id)]
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })
})

describe('an entry', () => {
  test('says what it is in words that end, and where more is said', () => {
    for (const { id, term, definition, section } of glossary) {
      expect(term, id).not.toBe('')
      expect(definition, id).toMatch(/^.{12,}[.)]$/s)
      expect(sectionOf(section), id).toBeDefined()
    }
  })

  test('that a section marks exists, and belongs to that section', () => {
    const places = components
      .filter(({ name }) => name.includes('guide'))
      .flatMap(({ text }) => [...text.matchAll(/id="entry-([\w-]+)"/g)].map(([, id]) => id))
    expect(places.length).toBeGreaterThan(40)
    expect(places.filter((id) => !entryOf(id))).toEqual([])
  })
})

test('an address opens its section, an entry the section that explains it, anything else the first page', () => {
  expect(placeOf('strikemap')).toEqual({ section: 'strikemap', entry: null })
  expect(placeOf('guard.delay')).toMatchObject({
    section: 'guards',
    entry: { term: 'One and two days late' },
  })
  for (const unknown of [null, 'nonsense', 'constructor', '__proto__', 'metric.nonsense'])
    expect(placeOf(unknown)).toEqual({ section: 'start', entry: null })
})
