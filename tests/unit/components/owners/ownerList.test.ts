import { describe, expect, it } from 'vitest'
import type { OwnerMatch } from '../../../../workers/data/api.ts'
import { countStates, dayOf, sameNames, shownOwners } from '../../../../src/components/owners/ownerList.ts'

const match = (owner: string, part: Partial<OwnerMatch> = {}): OwnerMatch => ({
  owner,
  aircraft: 1,
  events: 0,
  caution: '',
  candidates: [],
  decision: null,
  ...part,
})
const decided = (owner: string, symbol: string | null) => ({
  decision: { owner, symbol, validFrom: null, validTo: null, score: 100 },
})
const walmart = { symbol: 'WMT', name: 'Walmart Inc.', score: 100 }

const matches = [
  match('WALMART INC', { candidates: [walmart] }),
  match('Oracle', decided('Oracle', 'ORCL')),
  match('Private', decided('Private', null)),
]
const owners = (list: OwnerMatch[]) => list.map(({ owner }) => owner)

describe('the list of owners', () => {
  it('shows one state at a time, and counts them all', () => {
    expect(owners(shownOwners(matches, 'undecided', '', new Set()))).toEqual(['WALMART INC'])
    expect(owners(shownOwners(matches, 'accepted', '', new Set()))).toEqual(['Oracle'])
    expect(owners(shownOwners(matches, 'none', '', new Set()))).toEqual(['Private'])
    expect(countStates(matches)).toEqual({ undecided: 1, accepted: 1, none: 1, all: 3 })
  })

  it('keeps in sight what was decided a moment ago', () => {
    expect(owners(shownOwners(matches, 'undecided', '', new Set(['Oracle'])))).toEqual([
      'WALMART INC',
      'Oracle',
    ])
  })

  it('is searched by owner, company and ticker, all words', () => {
    expect(owners(shownOwners(matches, 'all', 'wmt inc', new Set()))).toEqual(['WALMART INC'])
    expect(owners(shownOwners(matches, 'all', 'orcl', new Set()))).toEqual(['Oracle'])
    expect(shownOwners(matches, 'all', 'walmart oracle', new Set())).toEqual([])
  })

  it('offers as the same only undecided names of one company, none of a trustee', () => {
    const twice = { candidates: [walmart, { ...walmart, symbol: 'WMX' }] }
    expect(
      owners(
        sameNames([
          ...matches,
          match('Two companies', twice),
          match('Walmart Trustee', { candidates: [walmart], caution: 'A trustee.' }),
          match('Walmarts', { candidates: [{ ...walmart, score: 99 }] }),
        ]),
      ),
    ).toEqual(['WALMART INC'])
  })

  it('reads an empty date as open', () => {
    expect(dayOf('')).toBeNull()
    expect(dayOf('1970-01-11')).toBe(10)
  })
})
