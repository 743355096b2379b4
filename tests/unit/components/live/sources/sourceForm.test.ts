import { expect, test } from 'vitest'
import { proposedColumns } from '../../../../../src/components/live/sources/columnMapping.ts'
import {
  fieldProblem,
  settingsLine,
  settingsOf,
  shownFields,
  typedOf,
} from '../../../../../src/components/live/sources/feedForm.ts'
import { pollerPolicyOf } from '../../../../../src/components/live/sources/pollerPolicy.ts'
import { rowTables } from '../../../../../src/components/live/sources/rowTable.ts'
import { agoWords, spanWords, untilWords } from '../../../../../src/components/live/spanWords.ts'
import { sourceInfos } from '../../../../../workers/live/api.ts'

const infoOf = (id: string) => sourceInfos.find((info) => info.id === id)!
const opensky = infoOf('opensky')
const table = infoOf('table')
const fieldOf = (info: typeof opensky, name: string) => info.fields.find((field) => field.name === name)!

test('a form asks only for what the choices call for', () => {
  const names = (area: string) =>
    shownFields(opensky, { ...typedOf(opensky, null), area }).map(({ name }) => name)
  expect(names('box')).toContain('south')
  expect(names('box')).not.toContain('aircraft')
  expect(names('list')).toContain('aircraft')
  expect(names('list')).not.toContain('clientSecret')
})

test('what is typed wrongly is told in a sentence', () => {
  expect(fieldProblem(fieldOf(opensky, 'south'), '91')).toMatch(/from −?-?90 to 90 degrees/)
  expect(fieldProblem(fieldOf(opensky, 'south'), '')).toBe('South is needed.')
  expect(fieldProblem(fieldOf(opensky, 'south'), '-33.9')).toBe('')
  expect(fieldProblem(fieldOf(table, 'url'), 'http://example.com/a')).toContain('https')
  expect(fieldProblem(fieldOf(table, 'url'), 'http://localhost:8080/a')).toBe('')
  expect(fieldProblem(fieldOf(table, 'key'), '')).not.toBe('')
  expect(fieldProblem(fieldOf(table, 'key'), '', true), 'a key given before').toBe('')
})

test('keys are parted from settings, and the line that sums them up names none', () => {
  const typed = {
    ...typedOf(table, null),
    needsKey: 'yes',
    key: 'abc',
    url: 'https://example.com',
    days: '12',
  }
  const { settings, secrets } = settingsOf(table, typed)
  expect(settings).toMatchObject({ needsKey: 'yes', days: 12 })
  expect(secrets).toEqual({ key: 'abc' })
  expect(JSON.stringify(settings)).not.toContain('abc')
  expect(settingsLine(table, settings)).toContain('https://example.com')
})

test('columns are proposed by their names, and a choice before counts first', () => {
  const columns = ['Date', 'Adj', 'Open', 'High', 'Low', 'Schluss', 'Volume']
  const of = (settings: Record<string, string>) =>
    Object.fromEntries(
      proposedColumns(table, { kind: 'prices', ...settings }, columns).map(({ name, column }) => [
        name,
        column,
      ]),
    )
  expect(of({})).toMatchObject({ 'column.date': 'Date', 'column.open': 'Open', 'column.volume': 'Volume' })
  expect(of({ 'column.close': 'Open' })).toMatchObject({ 'column.close': 'Open', 'column.open': '' })
  expect(of({ 'column.close': 'gone' })['column.close']).not.toBe('gone')
})

test('what would be taken in is shown by table, its first rows', () => {
  const bar = { table: 'prices', symbol: 'A', date: 20_000, open: 1, high: 2, low: 0.5, close: 1.25 } as const
  const [prices] = rowTables(
    [bar, bar, bar].map((row) => ({ ...row, volume: NaN })),
    2,
  )
  expect(prices).toMatchObject({ table: 'prices', total: 3 })
  expect(prices.rows).toHaveLength(2)
  expect(prices.rows[0]).toEqual(['A', '2024-10-04', '1', '2', '0.5', '1.25', ''])
})

test('the header of the poller tells what the browser lets it reach', () => {
  expect(pollerPolicyOf(null).kind).toBe('none')
  expect(pollerPolicyOf("default-src 'none'; connect-src 'self'").kind).toBe('closed')
  expect(pollerPolicyOf("connect-src 'self' https: http://localhost:*").kind).toBe('sent')
})

test('time is told in its two largest units', () => {
  expect([12_300, 61_000, 5_400_000, 93_784_000].map(spanWords)).toEqual([
    '12 s',
    '1 min',
    '1 h 30 min',
    '1 d 2 h',
  ])
  expect(agoWords(null, 0)).toBe('never')
  expect(untilWords(5_000, 0)).toBe('in 5 s')
})
