import { describe, expect, it } from 'vitest'
import type { Leg } from '../../../../workers/backtest/api.ts'
import {
  instrumentTitle,
  marksText,
  notQuoted,
  strikeText,
  structureTitle,
} from '../../../../src/components/options/structureWords.ts'

const january = Date.UTC(2025, 0, 17) / 86_400_000
const leg = (right: Leg['right'], quantity: number, strike = NaN, expiry = january): Leg => ({
  right,
  quantity,
  strike,
  expiry: right === 0 ? 0 : expiry,
})

describe('the words for a structure', () => {
  it('name an option by its strike, right and expiry', () => {
    expect(structureTitle([leg(1, 1, 350)])).toBe('350 call, 17 Jan 2025')
    expect(instrumentTitle({ contracts: 2, legs: [leg(-1, 1, 352.5)] })).toBe('2 × 352.5 put, 17 Jan 2025')
  })

  it('write what is bought less what is sold, in whatever order the legs come', () => {
    expect(structureTitle([leg(1, -1, 370), leg(1, 1, 350)])).toBe('350 call − 370 call, 17 Jan 2025')
    expect(structureTitle([leg(0, 1), leg(1, -1, 370)])).toBe('shares − 370 call, 17 Jan 2025')
    expect(structureTitle([leg(0, 0.5), leg(1, 1, 370)])).toBe('0.50 × shares + 370 call, 17 Jan 2025')
  })

  it('say “short” where nothing is bought, and each expiry where there are several', () => {
    expect(structureTitle([leg(-1, -1, 300)])).toBe('short 300 put, 17 Jan 2025')
    expect(structureTitle([leg(1, 1, 350, january + 28), leg(1, -1, 350)])).toBe(
      '350 call 14 Feb 2025 − 350 call 17 Jan 2025',
    )
  })

  it('give a strike no more digits than it has', () => {
    expect([350, 352.5, 97.14, 97.143].map(strikeText)).toEqual(['350', '352.5', '97.14', '97.143'])
  })

  it('count marks by where they are from', () => {
    expect(marksText({ quoted: 18, surface: 0, model: 3 })).toBe('18 quoted, 3 modelled')
    expect(notQuoted({ quoted: 1, surface: 1, model: 2 })).toBe(0.75)
    expect(notQuoted({ quoted: 0, surface: 0, model: 0 })).toBeNaN()
  })
})
