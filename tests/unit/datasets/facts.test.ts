import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { factsReport, measureSeeds, type Measured } from '../../../datasets/facts.ts'
import { factTable } from '../../../datasets/stylisedFacts.ts'

const kept = readFileSync(new URL('../../market-facts.md', import.meta.url), 'utf8')

describe('the stylised facts of the simulated market over 20 seeds', () => {
  let whole: Measured
  let none: Measured
  beforeAll(() => {
    whole = measureSeeds(101, 120)
    none = measureSeeds(101, 120, { strength: 0 })
  }, 180_000)

  it('hold in the median', () => {
    for (const row of factTable(whole.facts)) expect(row, row.label).toMatchObject({ holds: true })
  })

  it('hold in the null market just the same: strength changes predictability alone', () => {
    const before = factTable(whole.facts)
    factTable(none.facts).forEach((row, i) => {
      expect(row, row.label).toMatchObject({ holds: true })
      expect(Math.abs(row.median - before[i].median), row.label).toBeLessThan(0.02 * (row.to - row.from))
    })
  })

  it('are the ones in the kept table', () => {
    expect(kept).toContain(factsReport(whole))
    expect(kept).toContain(factsReport(none))
  })
})
