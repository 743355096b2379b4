import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { SweepMap, SweepMetric, SweepStatus } from '../../../../workers/backtest/api.ts'
import {
  cellOf,
  cellTitle,
  centreOf,
  mapCsv,
  mapTable,
  medianOf,
} from '../../../../src/components/sweep/mapCells.ts'
import {
  axisText,
  cellText,
  duration,
  inSentence,
  metricText,
  overfittingWords,
  paramLabel,
  progressFacts,
  valueText,
} from '../../../../src/components/sweep/sweepWords.ts'
import { systemInfoOf } from '../../../../src/state/sweepPlan.ts'

const options = systemInfoOf('options')

function mapOf(metric: SweepMetric = 'sharpe'): SweepMap {
  return {
    query: { x: 'averageFast', y: 'ambiguousBar', metric, part: 'inSample', show: 'best' },
    x: [5, 10, 15],
    y: ['pessimistic', 'optimistic'],
    values: Float32Array.from([-0.5, NaN, 0.25, 1, 0.5, 0.75]),
    counts: Int32Array.from([1, 0, 1, 2, 1, 1]),
    best: Int32Array.from([0, -1, 2, 3, 4, 5]),
    neighbours: Float32Array.from([0.5, 0.5, 0.5, 0, 0.5, 0.5]),
  }
}

describe('words of a sweep', () => {
  it('write gains and losses with their sign, counts without one', () => {
    expect(metricText('sharpe', 0.5)).toBe('+0.50')
    expect(metricText('maxDrawdown', -0.123)).toBe('−12.3\u2009%')
    expect(metricText('trades', 214)).toBe('214')
    expect(metricText('winRate', 0.5)).toBe('50.0\u2009%')
    expect(cellText('totalReturn', 0.4561)).toBe('+45.6')
    expect(cellText('maxDrawdown', -0.14)).toBe('−14.0')
    expect(axisText('totalReturn', 0.456)).toBe('+46\u2009%')
  })

  it('name a second parameter of the same label by its group too', () => {
    expect(paramLabel(options, 'averageFast')).toBe('Fast average')
    expect(paramLabel(options, 'macdFast')).toBe('MACD: fast average')
    const labels = Object.keys(options.params).map((name) => paramLabel(options, name))
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('keep names in capitals inside a sentence', () => {
    expect(inSentence('Fast average')).toBe('fast average')
    expect(inSentence('MACD: fast average')).toBe('MACD: fast average')
    expect(inSentence('RSI days')).toBe('RSI days')
  })

  it('write values as the form does', () => {
    expect(valueText(options, 'stop', 0.08)).toBe('8\u2009%')
    expect(valueText(options, 'trailingStop', 0)).toBe('off')
    expect(valueText(options, 'wholeShares', false)).toBe('off')
    expect(valueText(options, 'ambiguousBar', 'optimistic')).toBe('target first')
    expect(valueText(options, 'averageFast', 20, true)).toBe('20\u2009days')
  })

  it('say spans of time as people do', () => {
    expect([0.2, 12.4, 89, 200, 7_900, NaN].map(duration)).toEqual([
      'a second', '12 s', '89 s', '3 min', '2 h 12 min', '',
    ]) // prettier-ignore
  })

  it('say what runs where, and nothing that is not known', () => {
    const status = {
      state: 'running', perSecond: 1_234.5, secondsLeft: NaN, impossible: 36, workers: 2, shared: false, device: 'cpu', replaced: 1,
    } as SweepStatus // prettier-ignore
    expect(progressFacts(status)).toEqual([
      '1,235 a second',
      '36 impossible, not run',
      '2 workers, a copy of the prices each',
      '1 worker replaced, their share done again',
    ])
    expect(progressFacts({ ...status, state: 'done', impossible: 0, replaced: 0, shared: true })).toEqual([
      '2 workers, prices shared',
    ])
  })

  it('explain the probability of overfitting, and its absence', () => {
    expect(overfittingWords(0.431, 200)).toContain('43 of 100')
    expect(overfittingWords(NaN, 0)).toContain('Not measured')
  })
})

describe('the cells of a map', () => {
  it('are found by the values of a combination, in the nearest bin of numbers and at the exact choice', () => {
    expect(cellOf(mapOf(), { averageFast: 11, ambiguousBar: 'optimistic', stop: 0.1 })).toBe(4)
    expect(cellOf(mapOf(), { averageFast: 15, ambiguousBar: 'pessimistic' })).toBe(2)
    expect(cellOf(mapOf(), { averageFast: 15, ambiguousBar: 'nearest-open' })).toBe(-1)
    expect(cellOf(mapOf(), undefined)).toBe(-1)
  })

  it('turn their colours at nought, or at the median where nought says nothing', () => {
    expect(centreOf(mapOf('alpha'))).toBe(0)
    expect(centreOf(mapOf('maxDrawdown'))).toBe(0.5)
    expect(medianOf([NaN])).toBeNaN()
    expect(medianOf([4, 1, 3, 2])).toBe(2.5)
  })

  it('are named by both of their values', () => {
    expect(cellTitle(options, mapOf(), 4)).toBe(
      'Fast average 10\u2009days, same-bar stop and target: target first',
    )
  })

  it('stand in the table best first, without those that were not computed', () => {
    const { rows } = mapTable(options, mapOf())
    expect(rows).toHaveLength(5)
    expect(rows[0]).toEqual(['5', 'target first', '+1.00', '0.00', '2'])
    expect(rows.at(-1)?.[2]).toBe('−0.50')
  })

  it('stand in the CSV one a line with full numbers, empty where nothing was computed', () => {
    const { data, errors } = Papa.parse<Record<string, string>>(mapCsv(mapOf()), {
      header: true,
      skipEmptyLines: true,
    })
    expect(errors).toEqual([])
    expect(data).toHaveLength(6)
    expect(data[1]).toMatchObject({ averageFast: '10', ambiguousBar: 'pessimistic', sharpe: '' })
    expect(data[3]).toMatchObject({
      averageFast: '5',
      ambiguousBar: 'optimistic',
      sharpe: '1',
      combinations: '2',
    })
  })
})
