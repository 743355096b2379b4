import { describe, expect, it } from 'vitest'
import { walkDaysCsv, walkFoldsCsv } from '../../../../src/components/walk/walkCsv.ts'
import { driftsOf, outcomeWords, tilesOf } from '../../../../src/components/walk/walkWords.ts'
import { defaultState } from '../../../../src/state/appState.ts'
import { systemInfoOf } from '../../../../src/state/sweepPlan.ts'
import { walkSpecOf } from '../../../../src/state/walkPlan.ts'
import type { WalkFold, WalkNumbers, WalkResult } from '../../../../workers/backtest/api.ts'

const numbers = (annualReturn: number): WalkNumbers => ({
  sharpe: 4 * annualReturn,
  annualReturn,
  maxDrawdown: -0.1,
  alpha: 0.01,
  trades: 12,
})

const fold = (testFrom: number, part: Partial<WalkFold> = {}): WalkFold => ({
  trainFrom: testFrom - 100,
  trainTo: testFrom - 5,
  testFrom,
  testTo: testFrom + 1,
  params: { averageFast: 10, onOpposite: 'reverse' },
  promised: numbers(0.3),
  got: numbers(0.1),
  tried: 24,
  ...part,
})

const cash = { params: {}, promised: numbers(NaN), got: { ...numbers(0), trades: 0 } }

function resultOf(folds: WalkFold[]): WalkResult {
  const { walk, params } = defaultState()
  const request = { system: 'options' as const, params: params.options, from: null, to: null, outOfSampleFrom: null, benchmark: '=QQQ', seed: 1 } // prettier-ignore
  const spec = walkSpecOf(walk, request)
  return {
    spec: {
      ...spec,
      axes: [
        { param: 'averageFast', values: [5, 10] },
        { param: 'onOpposite', values: ['close', 'reverse'] },
      ],
    },
    folds,
    dates: Int32Array.from(folds.flatMap(({ testFrom, testTo }) => [testFrom, testTo])),
    equity: new Float64Array(2 * folds.length).fill(1.1),
    promised: new Float64Array(2 * folds.length).fill(1.2),
    benchmark: new Float64Array(2 * folds.length).fill(1.3),
    got: numbers(0.1),
    promisedMean: numbers(0.3),
    efficiency: 1 / 3,
    pValue: 0.0004,
    trials: 500,
    sharpeInterval: { low: -0.5, high: 1.5 },
  }
}

describe('what came of a walk-forward, in words', () => {
  it('sets the result against the promise', () => {
    expect(outcomeWords(resultOf([fold(19_000)]))).toBe(
      'Training promised +30.0\u2009% a year; out of sample +10.0\u2009% a year came of it.',
    )
  })

  it('says in how many tests cash was held', () => {
    expect(outcomeWords(resultOf([fold(19_000), fold(19_002, cash)]))).toMatch(
      /In 1 of 2 tests cash was held/,
    )
    expect(outcomeWords(resultOf([fold(19_000, cash)]))).toMatch(/nothing was tested/)
  })

  it('counts the stitched equity among what is charged', () => {
    const tiles = tilesOf(resultOf([fold(19_000), fold(19_002)]))
    const tile = (id: string) => tiles.find((one) => one.id === id)!
    expect(tile('tried')).toMatchObject({ value: '49', note: 'of 500 so far' })
    expect(tile('pValue').value).toBe('<\u2009' + '0.001')
    expect(tile('efficiency').value).toBe('33\u2009%')
  })
})

describe('the drift of the settings', () => {
  it('of a choice is drawn by its place among the choices, with their words', () => {
    const [fast, opposite] = driftsOf(resultOf([fold(19_000), fold(19_002, cash)]), systemInfoOf('options'))
    expect(fast.chosen).toEqual([10, NaN])
    expect(opposite.scale).toEqual([0, 1])
    expect(opposite.chosen).toEqual([1, NaN])
    expect(opposite.text(1)).toMatch(/revers/i)
  })
})

describe('the files of a walk-forward', () => {
  it('have every day with the number of its test, and names that no spreadsheet runs', () => {
    const lines = walkDaysCsv(resultOf([fold(19_000), fold(19_002)]))
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe('date,test,out_of_sample,promised,benchmark =QQQ')
    expect(lines.slice(1)).toEqual([
      '2022-01-08,1,1.1,1.2,1.3',
      '2022-01-09,1,1.1,1.2,1.3',
      '2022-01-10,2,1.1,1.2,1.3',
      '2022-01-11,2,1.1,1.2,1.3',
    ])
  })

  it('have a row a test, empty where cash was held', () => {
    const lines = walkFoldsCsv(resultOf([fold(19_000), fold(19_002, cash)]))
      .trim()
      .split('\r\n')
    const cells = lines.map((line) => line.split(','))
    expect(new Set(cells.map((row) => row.length)).size).toBe(1)
    expect(cells[0].slice(5, 7)).toEqual(['averageFast', 'onOpposite'])
    expect(cells[1].slice(5, 7)).toEqual(['10', 'reverse'])
    expect(cells[2].slice(5, 7)).toEqual(['', ''])
  })
})
