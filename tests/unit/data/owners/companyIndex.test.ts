import { describe, expect, it } from 'vitest'
import { cautionOf } from '../../../../workers/data/owners/caution.ts'
import { CompanyIndex, likelyScore } from '../../../../workers/data/owners/companyIndex.ts'
import { normaliseName } from '../../../../workers/data/owners/normaliseName.ts'

const listed = new CompanyIndex([
  { symbol: 'WMT', name: 'Walmart Inc.' },
  { symbol: 'KO', name: 'The Coca-Cola Company' },
  { symbol: 'COKE', name: 'Coca-Cola Consolidated, Inc.' },
  { symbol: 'AAPL', name: 'Apple Inc.' },
  { symbol: 'APLE', name: 'Apple Hospitality REIT, Inc.' },
  { symbol: 'IBM', name: 'International Business Machines Corporation' },
  { symbol: 'NSRGY', name: 'Nestlé S.A.' },
  { symbol: 'WFC', name: 'Wells Fargo & Company' },
  { symbol: 'BAC', name: 'Bank of America Corporation' },
  { symbol: 'AAL', name: 'American Airlines Group Inc.' },
  { symbol: 'AXP', name: 'American Express Company' },
  { symbol: 'T', name: 'AT&T Inc.' },
  { symbol: 'UAL', name: 'United Airlines Holdings, Inc.' },
])
const best = (owner: string) => listed.candidates(owner)[0]

describe('names are the same', () => {
  it.each([
    ['NESTLE SA', 'Nestlé S.A.'],
    ['Walmart, Inc.', 'WALMART INC'],
    ['The Coca-Cola Co.', 'Coca Cola Company'],
    ['Müller GmbH', 'MULLER'],
    ["McDonald's Corp", 'McDonalds Corporation'],
  ])('%s and %s, once legal forms, case, accents and punctuation are folded', (one, other) => {
    expect(normaliseName(one)).toBe(normaliseName(other))
  })

  it('and score 100, which nothing else does', () => {
    expect(best('COCA COLA CO')).toEqual({ symbol: 'KO', name: 'The Coca-Cola Company', score: 100 })
    expect(best('Walmart Aviation').score).toBeLessThan(100)
  })
})

describe('candidates', () => {
  it('are likely where only a word of aviation is added', () => {
    expect(best('WALMART AVIATION LLC')).toMatchObject({ symbol: 'WMT' })
    expect(best('WALMART AVIATION LLC').score).toBeGreaterThanOrEqual(likelyScore)
  })

  it('put the whole name before the one that only begins like it', () => {
    expect(listed.candidates('Apple Incorporated').map(({ symbol }) => symbol)[0]).toBe('AAPL')
    const other = listed.candidates('Apple Inc').find(({ symbol }) => symbol === 'APLE')
    expect(other?.score ?? 0).toBeLessThan(likelyScore)
  })

  it('forgive a misspelling', () => {
    expect(best('Wallmart Inc')).toMatchObject({ symbol: 'WMT' })
  })

  it('know a company by the initials that are its ticker', () => {
    expect(best('IBM')).toMatchObject({ symbol: 'IBM', score: 90 })
  })

  it('are not likely where names share a common word alone', () => {
    for (const owner of ['American Eagle Outfitters', 'United States Navy', 'American Medical Flight']) {
      expect(best(owner)?.score ?? 0, owner).toBeLessThan(likelyScore)
    }
  })

  it('of trustees, banks and lessors stay below the line, whatever their name', () => {
    for (const owner of [
      'Wells Fargo Trust Company NA, Trustee',
      'BANK OF AMERICA',
      'Wells Fargo Equipment Leasing',
    ]) {
      expect(cautionOf(owner)?.text, owner).toBeTruthy()
      expect(best(owner)?.score ?? 0, owner).toBeLessThan(likelyScore)
    }
  })

  it('of private owners there are none', () => {
    expect(listed.candidates('Private')).toEqual([])
    expect(listed.candidates('PRIVATELY OWNED')).toEqual([])
    expect(listed.candidates('')).toEqual([])
  })
})
