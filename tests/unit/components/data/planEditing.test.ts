import { describe, expect, test } from 'vitest'
import { contentsOf } from '../../../../src/components/data/contents.ts'
import {
  mayBeTyped,
  neededness,
  roleLabel,
  roleRules,
  rolesOf,
  withContent,
  withRole,
  withTyped,
} from '../../../../src/components/data/columnRoles.ts'
import {
  dateRoles,
  doubtfulDate,
  mainDate,
  withDateFormat,
  withDayOrder,
} from '../../../../src/components/data/planDates.ts'
import { planGroups } from '../../../../src/components/data/planGroups.ts'
import { scalesOf, withScale } from '../../../../src/components/data/planScales.ts'
import { tablesInOrder } from '../../../../src/components/data/tableTitles.ts'
import { tableNames, tables } from '../../../../workers/data/schema.ts'
import { plan } from './datasets.ts'

const rule = (kind: Parameters<typeof roleRules>[0], role: string) =>
  roleRules(kind).find((one) => one.role === role)!

const chain = plan('chain.csv', {
  kind: 'options',
  header: ['expiration', 'strike', 'bid', 'quote'],
  columns: { expiry: 0, strike: 1, bid: 2, quoteDate: 3 },
  dateFormat: 'iso',
  dateFormats: { expiry: 'month-first' },
  symbol: 'SPY',
  sample: [{ cells: ['03/04/2024', '500', '1', '2024-03-01'], dateInWords: '1 March 2024' }],
})

describe('the mapping of any table', () => {
  test('every table can be chosen, once', () => {
    expect([...tablesInOrder].sort()).toEqual([...tableNames].sort())
  })

  test('with calls and puts side by side the columns of the quote are there twice', () => {
    const roles = rolesOf('options', 'option-pairs')
    expect(roles).toEqual(expect.arrayContaining(['bid', 'bidPut', 'impliedVolPut', 'strike']))
    expect(roles).not.toContain('right')
    expect(roles).not.toContain('strikePut')
    expect(roleLabel('impliedVolPut', 'option-pairs')).toBe('Put: implied vol')
    expect(roleLabel('bid', 'option-pairs')).toBe('Call: bid')
  })

  test('records that are counted or joined have columns of their own', () => {
    expect(rolesOf('tickets', 'tickets')).toEqual(expect.arrayContaining(['createdAt', 'title', 'text']))
    expect(rolesOf('flights', 'positions')).toEqual(expect.arrayContaining(['time', 'latitude', 'altitude']))
    expect(contentsOf({ kind: 'tickets', content: 'rows' })).toEqual(['rows', 'tickets'])
  })

  test('another sort of record keeps the columns that mean the same and finds the others by name', () => {
    const file = plan('t.csv', {
      kind: 'tickets',
      header: ['Repo', 'Created_At', 'Title', 'Other'],
      columns: { source: 0 },
    })
    expect(withContent(file, 'tickets')).toEqual({
      content: 'tickets',
      columns: { createdAt: 1, source: 0, title: 2 },
    })
  })

  test('a needed column may name another one that is enough', () => {
    expect(neededness(rule('events', 'symbol').rule)).toEqual({ needed: true, instead: 'company' })
    expect(neededness(rule('events', 'value').rule).needed).toBe(false)
  })

  test('what is the same for the whole file is typed: words and days, never numbers or prose', () => {
    const typed = roleRules('options').filter(({ rule }) => mayBeTyped(rule))
    expect(typed.map(({ role }) => role)).toEqual(['symbol', 'quoteDate', 'expiry', 'right'])
    expect(withTyped(chain, rule('options', 'quoteDate'), ' 2024-03-01 ')).toEqual({
      constants: { quoteDate: '2024-03-01' },
    })
    const constants = { constants: { quoteDate: '2024-03-01' } }
    expect(withTyped(plan('c.csv', constants), rule('options', 'quoteDate'), '')).toEqual({ constants: {} })
  })

  test('an empty symbol is asked for only where the table cannot do without', () => {
    expect(withTyped(plan('a.csv'), rule('prices', 'symbol'), '').symbol).toBe('')
    expect(withTyped(plan('a.csv'), rule('aircraft', 'symbol'), '').symbol).toBeNull()
    const list = plan('deals.csv', { kind: 'events', symbol: null, columns: { symbol: 0 } })
    expect(withRole(list, 'symbol', null).symbol).toBeNull()
  })

  test('feet and knots are among the scales of position reports, thousandths among those of strikes', () => {
    const altitude = roleRules('flights', 'positions').find(({ role }) => role === 'altitude')!
    expect(scalesOf(altitude.rule, 1).map(({ label }) => label)).toContain('feet (× 0.3048)')
    expect(scalesOf(rule('options', 'strike').rule, 0.001)).toHaveLength(6)
    expect(scalesOf(rule('options', 'strike').rule, 7).at(-1)).toEqual({ value: 7, label: '× 7' })
    expect(withScale(withScaled(0.001), 'strike', 1)).toEqual({ scales: {} })
  })
  const withScaled = (strike: number) => plan('c.csv', { scales: { strike } })
})

describe('dates that are written in several ways', () => {
  test('are those of the table, the time of a row first', () => {
    expect(dateRoles(chain)).toEqual(['quoteDate', 'expiry'])
    expect(mainDate(chain)).toBe('quoteDate')
    expect(mainDate(plan('x.csv', { kind: 'airports', columns: {} }))).toBeNull()
  })

  test('one column may differ from the main one, and follows it again', () => {
    expect(withDateFormat(chain, 'expiry', 'compact')).toEqual({ dateFormats: { expiry: 'compact' } })
    expect(withDateFormat(chain, 'expiry', 'iso')).toEqual({ dateFormats: {} })
    expect(withDateFormat(chain, 'quoteDate', 'compact')).toMatchObject({
      dateFormat: 'compact',
      dateAmbiguous: false,
    })
  })

  test('the order of day and month is chosen for the columns that are in doubt', () => {
    expect(doubtfulDate(chain)?.dayFirst).toBe('3 April 2024')
    expect(withDayOrder(chain, 'day-first')).toEqual({
      dateFormat: 'iso',
      dateFormats: { expiry: 'day-first' },
      dateAmbiguous: false,
    })
    expect(withDayOrder(plan('a.csv', { dateFormat: 'day-first' }), 'month-first').dateFormat).toBe(
      'month-first',
    )
  })
})

describe('many files', () => {
  const asks = plan('asks.csv', { symbol: '' })
  const picture = plan('picture.csv', { sample: [], problems: ['This is a picture.'] })
  const flights = plan('flights.csv', { kind: 'flights' })

  test('are sorted into questions, tables that are ready, and what cannot be read', () => {
    const strange = plan('strange.csv', { shape: 'unknown shape', problems: ['It matches no table.'] })
    const groups = planGroups([strange, picture, flights, plan('A.csv'), asks, plan('B.csv')])
    expect(groups.map(({ id, plans }) => [id, plans.length])).toEqual([
      ['question', 1],
      ['ready prices', 2],
      ['ready flights', 1],
      ['unknown', 1],
      ['unreadable', 1],
    ])
  })

  test('a file does not leave its place while it is edited', () => {
    const answered = { ...asks, symbol: 'A' }
    const held = { fileId: 'asks.csv', state: 'question', kind: 'prices' } as const
    expect(planGroups([answered], held).map(({ id }) => id)).toEqual(['question'])
    expect(planGroups([answered]).map(({ id }) => id)).toEqual(['ready prices'])
  })
})

test('every table says what one row of it is', () => {
  for (const kind of tableNames) expect(tables[kind].rows).not.toBe('')
})
