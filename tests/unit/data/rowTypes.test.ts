import { expectTypeOf, test } from 'vitest'
import type { Row } from '../../../workers/data/schema.ts'

test('the row of a table is typed by its schema: texts, and numbers for days, times and figures', () => {
  expectTypeOf<Row<'flights'>>().toEqualTypeOf<{
    icao24: string
    departed_at: number
    origin: string
    destination: string
    arrived_at: number
    known_at: number
  }>()
  expectTypeOf<Row<'tickets'>['sentiment']>().toEqualTypeOf<string>()
  expectTypeOf<Row<'options'>>().not.toHaveProperty('signal')
})
