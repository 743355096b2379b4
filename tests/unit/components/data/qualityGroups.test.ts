import { describe, expect, test } from 'vitest'
import type { QualityFinding } from '../../../../workers/data/api.ts'
import { groupFindings } from '../../../../src/components/data/qualityGroups.ts'

function finding(
  kind: QualityFinding['kind'],
  symbol: string,
  part: Partial<QualityFinding> = {},
): QualityFinding {
  return {
    id: `${kind}/${symbol}`,
    kind,
    severity: 'info',
    symbol,
    days: [1],
    count: 1,
    text: '',
    done: '',
    repair: null,
    ...part,
  }
}

describe('the quality report', () => {
  test('keeps unadjusted splits apart from large moves, and says splits first', () => {
    const groups = groupFindings([finding('jump', 'OXY'), finding('split', 'NVDA')], null)
    expect(groups.map((group) => group.kind)).toEqual(['split', 'jump'])
  })

  test('counts days over the findings of a group', () => {
    const [group] = groupFindings(
      [finding('missing-days', 'A', { count: 85 }), finding('missing-days', 'B', { count: 3 })],
      null,
    )
    expect([group.findings.length, group.count]).toEqual([2, 88])
  })

  test('puts warnings before notes, then goes by symbol', () => {
    const [group] = groupFindings(
      [finding('stale', 'B'), finding('stale', 'C', { severity: 'warn' }), finding('stale', 'A')],
      null,
    )
    expect(group.findings.map((one) => one.symbol)).toEqual(['C', 'A', 'B'])
    expect(group.warn).toBe(true)
  })

  test('shows one symbol alone when asked to', () => {
    const groups = groupFindings([finding('jump', 'OXY'), finding('split', 'NVDA')], 'OXY')
    expect(groups.flatMap((group) => group.findings.map((one) => one.symbol))).toEqual(['OXY'])
  })
})
