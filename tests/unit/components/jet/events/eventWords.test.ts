import { describe, expect, it } from 'vitest'
import type { EventRow, EventStudyResult, EventStudyTest } from '../../../../../workers/backtest/api.ts'
import { announcementsCsv } from '../../../../../src/components/jet/events/eventsCsv.ts'
import {
  aroundOptions,
  filterAnnouncements,
  noneWords,
  sortAnnouncements,
} from '../../../../../src/components/jet/events/eventWords.ts'
import { curveCsv, eachCsv } from '../../../../../src/components/study/studyCsv.ts'
import { emptyWords, studySentence, testsSentence } from '../../../../../src/components/study/studyWords.ts'

const announced = (part: Partial<EventRow>): EventRow => ({
  symbol: 'AA',
  day: 18_000,
  kind: 'target',
  counterparty: '',
  studied: true,
  why: '',
  dayReturn: 0.2,
  ...part,
})

const ids: EventStudyTest['id'][] = ['patell', 'bmp', 'kolari-pynnonen', 'corrado']

/** @param p of Patell, of Boehmer, Musumeci & Poulsen, of Kolari & Pynnönen, of Corrado */
function result(p: number[], part: Partial<EventStudyResult> = {}): EventStudyResult {
  return {
    request: { around: 'target', estimation: [-250, -65], window: [-1, 1], from: null, to: null },
    events: 57,
    leftOut: [],
    days: Int32Array.of(-1, 0, 1),
    meanAbnormal: Float64Array.of(0, 0.2, 0),
    meanCar: Float64Array.of(0, 0.2, 0.198),
    carLow: Float64Array.of(-0.01, 0.17, 0.178),
    carHigh: Float64Array.of(0.01, 0.22, 0.217),
    tests: ids.map((id, i) => ({
      id,
      name: id,
      statistic: 1,
      p: p[i],
      assumes: '',
      formula: '',
      source: '',
    })),
    crossCorrelation: 0,
    overlapping: 0,
    each: [{ symbol: '=AA', day: 18_000, car: 0.198 }],
    ...part,
  }
}

describe('what came of a study', () => {
  it('is said with its interval', () => {
    expect(studySentence(result([0, 0, 0, 0]), aroundOptions[0])).toBe(
      'From day −1 to day +1 around 57 announcements that a company is bought, prices moved by +19.80\u2009% beyond what the market explains (95\u2009% interval +17.80\u2009% to +21.70\u2009%).',
    )
    const day = result([0, 0, 0, 0], { events: 1, carLow: Float64Array.of(NaN, NaN, NaN) })
    day.request = { ...day.request, window: [0, 0] }
    expect(studySentence(day, aroundOptions[0])).toBe(
      'On day 0 around 1 announcement that a company is bought, prices moved by +19.80\u2009% beyond what the market explains.',
    )
  })

  it('is called chance or not by the test that allows for most', () => {
    expect(testsSentence(result([0, 0, 0.0001, 0]))).toMatch(
      /^All tests agree .* unlikely .*p <\u2009?0\.001/,
    )
    expect(testsSentence(result([0, 0.01, 0.02, 0.3]))).toMatch(/allows for most agrees .*p = 0\.020/)
    expect(testsSentence(result([0.01, 0.03, 0.42, 0.1]))).toMatch(/may well be chance .* disagree\.$/)
    expect(testsSentence(result([0.3, 0.3, 0.4, 0.4]))).toMatch(/^It may well be chance/)
  })

  it('is not judged where one event is all there is', () => {
    expect(testsSentence(result([0.01, NaN, NaN, 0.2], { events: 1 }))).toMatch(/^One event alone/)
  })

  it('is nothing where nothing could be studied, and the words say what to do', () => {
    const none = result([NaN, NaN, NaN, NaN], { events: 0 })
    expect(emptyWords({ ...none, leftOut: [{ count: 3, why: 'x' }] }, noneWords('target'))).toMatch(
      /Choose another/,
    )
    expect(emptyWords(none, noneWords('signals'))).toMatch(/report first/)
  })
})

describe('the list of announcements', () => {
  const rows = [
    announced({ symbol: 'AA', dayReturn: NaN, studied: false, why: 'No prices' }),
    announced({ symbol: 'BB', day: 18_001, dayReturn: -0.1, kind: 'acquirer', counterparty: 'AA' }),
    announced({ symbol: 'CC', day: 18_002, dayReturn: 0.3 }),
  ]

  it('finds a company on either side of a deal', () => {
    expect(filterAnnouncements(rows, { kind: '', company: 'AA' }).map(({ symbol }) => symbol)).toEqual([
      'AA',
      'BB',
    ])
    expect(filterAnnouncements(rows, { kind: 'target', company: '' })).toHaveLength(2)
  })

  it('keeps what has no number at its end, whichever way is up', () => {
    for (const descending of [true, false])
      expect(sortAnnouncements(rows, { column: 'dayReturn', descending }).at(-1)!.symbol).toBe('AA')
    expect(sortAnnouncements(rows, { column: 'dayReturn', descending: true })[0].symbol).toBe('CC')
  })

  it('leaves as a file, a dangerous symbol defused and a missing number empty', () => {
    expect(announcementsCsv(rows).split('\r\n')[1]).toBe('AA,2019-04-14,target,,,No prices')
    expect(eachCsv(result([0, 0, 0, 0])).split('\r\n')[1]).toBe("'=AA,2019-04-14,0.198")
    expect(curveCsv(result([0, 0, 0, 0])).split('\r\n')[2]).toBe('0,0.2,0.2,0.17,0.22')
  })
})
