import { describe, expect, it } from 'vitest'
import type { Combined, ExpressionRow, Expressions, StructureKind } from '../../../../workers/backtest/api.ts'
import {
  diversificationSentence,
  meanCorrelation,
} from '../../../../src/components/options/combined/combinedWords.ts'
import { Compared } from '../../../../src/components/options/compare/compared.svelte.ts'

const kinds: StructureKind[] = ['shares', 'long-option', 'vertical']
const answer = (kind: StructureKind): { ok: true; value: Expressions } => ({
  ok: true,
  value: {
    dates: Int32Array.of(1, 2),
    from: 1,
    capital: 100,
    benchmark: new Float64Array(0),
    rows: [{ kind, trades: 3 } as ExpressionRow],
  },
})

describe('structures compared', () => {
  it('are run one after the other, and only those that are missing', async () => {
    const asked: StructureKind[] = []
    const ask = (kind: StructureKind) => {
      asked.push(kind)
      return Promise.resolve(answer(kind))
    }
    const compared = new Compared()
    await compared.run('settings', kinds.slice(0, 2), ask)
    await compared.run('settings', kinds, ask)
    expect(asked).toEqual(kinds)
    expect([...compared.rows.keys()]).toEqual(kinds)
    await compared.run('other settings', kinds, ask)
    expect(asked).toHaveLength(6)
  })

  it('keep what was there when stopped', async () => {
    const compared = new Compared()
    await compared.run('settings', kinds, (kind) => {
      if (kind === 'long-option') compared.cancel()
      return Promise.resolve(answer(kind))
    })
    expect([compared.running, [...compared.rows.keys()]]).toEqual([false, ['shares']])
  })

  it('end with the sentence of the run that failed', async () => {
    const compared = new Compared()
    const failure = { ok: false as const, code: 'cannot-run', message: 'There are no prices.' }
    await compared.run('settings', kinds, () => Promise.resolve(failure))
    expect([compared.running, compared.problem]).toEqual([false, 'There are no prices.'])
  })
})

describe('systems together', () => {
  const part = (id: Combined['parts'][number]['id']) => ({ id }) as Combined['parts'][number]

  it('correlate on average by their own pairs, books made of them and missing ones left out', () => {
    const parts = [part('jet'), part('tickets'), part('options'), part('equal')]
    const correlation = Float64Array.from([
      1,
      0.2,
      NaN,
      0.9,
      0.2,
      1,
      0.4,
      0.9,
      NaN,
      0.4,
      1,
      0.9,
      0.9,
      0.9,
      0.9,
      1,
    ])
    expect(meanCorrelation({ parts, correlation })).toBeCloseTo(0.3)
    expect(meanCorrelation({ parts: parts.slice(0, 1), correlation: Float64Array.of(1) })).toBeNaN()
  })

  it('save risk, or do not, and say so', () => {
    expect(diversificationSentence({ diversification: 0.71 })).toContain('29\u2009% of the volatility')
    expect(diversificationSentence({ diversification: 1 })).toContain('nothing cancelled')
    expect(diversificationSentence({ diversification: NaN })).toContain('cannot be told')
  })
})
