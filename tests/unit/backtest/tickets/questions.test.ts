import { describe, expect, it } from 'vitest'
import type { RunRequest } from '../../../../workers/backtest/api.ts'
import { finishRun } from '../../../../workers/backtest/finishRun.ts'
import { Agreement } from '../../../../workers/backtest/tickets/agreement.ts'
import { anomalyStudy, firstOfSpells } from '../../../../workers/backtest/tickets/anomalyStudy.ts'
import { knowledgeCalendar } from '../../../../workers/backtest/tickets/knowledge.ts'
import type { TicketsMarket } from '../../../../workers/backtest/tickets/ticketsMarket.ts'
import { whatIf } from '../../../../workers/backtest/tickets/whatIf.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { defaultParams, systemInfos, type Params } from '../../../../workers/systems/api.ts'
import { firstDay, smallDemand, usualCounts, weekdayPanel } from '../../systems/tickets/smallDemand.ts'

const params: Params = {
  ...defaultParams(
    systemInfos.find(({ id }) => id === 'tickets')!,
    'recommended',
  ),
  // The spikes are of one day.
  daysRaised: 0,
  watch: 1,
}
const days = 420
/** Days after the first, Wednesdays all. */
const spikes = [93, 191, 289]
const incident = (from: number) => ({ from, to: from + 4, severity: 'major' })
const tables = smallDemand([
  {
    symbol: 'A',
    negative: usualCounts(days, Object.fromEntries(spikes.map((day) => [day, 45]))),
    positive: usualCounts(days, {}, 2),
    incidents: spikes.map(incident),
    news: [{ day: 94, sentiment: -0.6 }],
  },
])

/** A falls by half between the open and the close of the second session after each spike; nothing else moves. */
const panel: Panel = (() => {
  const made = weekdayPanel(['A', 'QQQ'], days)
  const { dates } = made
  const halved = (at: number, after: number) =>
    100 * 0.5 ** spikes.filter((day) => dates[at] - firstDay >= day + after).length
  const column = (after: number) =>
    Float64Array.from({ length: 2 * dates.length }, (_, i) => (i < dates.length ? halved(i, after) : 100))
  const [open, close] = [column(3), column(2)]
  return { ...made, open, high: open, low: close, close }
})()
const market: TicketsMarket = { tables, panel, simulated: true, benchmark: 'QQQ' }

function answered(outOfSampleFrom: number | null, param: string, values: number[]) {
  const tryOut = (request: RunRequest) =>
    finishRun({ panelId: 'p', panel, simulated: true, signals: null, contents: 'p', demand: tables }, request)
  const request = { params, from: null, to: null, outOfSampleFrom, benchmark: 'QQQ', seed: 1 }
  const run = tryOut({ system: 'tickets', ...request })
  if (typeof run === 'string') throw new Error(run)
  const answer = whatIf(run, market, param, values, tryOut)
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('another threshold', () => {
  it('is judged by whether prices went its way after the next open, and when others agreed', () => {
    const [row, stricter] = answered(null, 'leastConfidence', [0.7, 0.9]).rows
    expect(row).toMatchObject({ threshold: 0.7, signals: 3, answered: 3, leadDays: 0 })
    expect(row.right.share).toBe(1)
    expect(row.right.low).toBeLessThan(0.5)
    expect(row.rightByChance).toBeLessThan(0.2)
    expect(row.confirmed.share).toBe(1)
    // Three incidents and a headline, each with ten days on either side.
    expect(row.confirmedByChance).toBeCloseTo(64 / (panel.dates.at(-1)! - firstDay + 1), 9)
    // The one with bad news besides.
    expect(stricter.signals).toBe(1)
  })

  it('counts only what is entered out of sample where there is a split', () => {
    const answer = answered(firstDay + 150, 'leastConfidence', [0.7])
    expect(answer.outOfSample).toBe(true)
    expect(answer.rows[0].signals).toBe(2)
    // The entry decides, not the decision.
    expect(answered(firstDay + spikes[1] + 2, 'leastConfidence', [0.7]).rows[0].signals).toBe(2)
    expect(answered(firstDay + spikes[1] + 3, 'leastConfidence', [0.7]).rows[0].signals).toBe(1)
  })
})

describe('sources that agree', () => {
  const agreement = new Agreement(tables)
  it('do so within ten days, for complaints alone where they are incidents', () => {
    const start = firstDay + spikes[1]
    expect(agreement.around('A', -1, start - 10)).toEqual({ agrees: true, lead: 10 })
    expect(agreement.around('A', -1, start + 10)).toEqual({ agrees: true, lead: NaN })
    expect(agreement.around('A', -1, start + 11)).toEqual({ agrees: false, lead: NaN })
    expect(agreement.around('A', 1, start).agrees).toBe(false)
    expect(agreement.around('B', -1, start).agrees).toBe(false)
  })

  it('are others: counts made of incidents are not confirmed by them', () => {
    const products = { ...tables.products, derived: Uint8Array.of(1) }
    expect(new Agreement({ ...tables, products }).around('A', -1, firstDay + spikes[1]).agrees).toBe(false)
  })
})

describe('a study around unusual days', () => {
  // A market that never moves explains nothing.
  const close = panel.close.map((price, i) => (i < panel.dates.length ? price : price + (i % 3) / 10))
  const swinging = { ...market, panel: { ...panel, close } }

  const ask = (around: 'negative' | 'positive' | 'signals', changes: Params = {}) => {
    const request = { around, estimation: [-130, -11], window: [-1, 4], from: null, to: null } as const
    const result = anomalyStudy(
      swinging,
      { ...params, ...changes },
      {
        ...request,
        estimation: [...request.estimation],
        window: [...request.window],
      },
    )
    if (typeof result === 'string') throw new Error(result)
    return result
  }

  it('has its day 0 on the session after the close at which the day was known', () => {
    const study = ask('negative')
    expect(study.each.map(({ day }) => day - firstDay)).toEqual([spikes[1] + 1, spikes[2] + 1])
    // Known on Thursday, halved on Friday: the fall is that of day 0, not of the day before.
    const zero = study.days.indexOf(0)
    expect(study.meanAbnormal[zero]).toBeCloseTo(-0.5, 1)
    expect(study.meanAbnormal[zero - 1]).toBeCloseTo(0, 1)
  })

  it('turns the sign of a short signal', () => {
    expect(ask('signals').meanCar.at(-1)).toBeCloseTo(-ask('negative').meanCar.at(-1)!, 9)
  })

  it('counts a spell once, however long it lasts', () => {
    const day = (at: number, symbol = 'A') => ({ symbol, day: at, direction: 1 as const })
    const { first, later } = firstOfSpells([day(30), day(1), day(9), day(19), day(4, 'B')])
    expect(first.map(({ symbol, day }) => `${symbol}${day}`)).toEqual(['A1', 'B4', 'A30'])
    expect(later).toBe(2)
  })
})

describe('the calendar of what was known', () => {
  const calendar = knowledgeCalendar(market, params, 'A', firstDay + 85, firstDay + 105)
  if (typeof calendar === 'string') throw new Error(calendar)
  const row = (label: string) => calendar.rows.find((each) => each.label === label)!
  const at = (label: string, day: number) => row(label).day.indexOf(firstDay + day)

  it('tells of each count when it was known, and which were unusual', () => {
    const negative = row('help desk · negative')
    expect(negative.day).toHaveLength(21)
    expect(negative.known[0]).toBe(negative.day[0] + 1)
    expect(
      Array.from(negative.counted).flatMap((counted, i) => (counted ? [negative.day[i] - firstDay] : [])),
    ).toEqual([spikes[0]])
  })

  it('tells the days of an incident one by one, each known on its own day at the earliest', () => {
    const incidents = row('incidents')
    expect(Array.from(incidents.day, (day) => day - firstDay)).toEqual([93, 94, 95, 96, 97])
    expect(incidents.known).toEqual(incidents.day)
    // Only what lasted until the close that decided counted for it.
    expect(incidents.counted[at('incidents', 94)]).toBe(1)
    expect(incidents.counted[at('incidents', 96)]).toBe(0)
  })

  it('shows what was decided, and that nothing of it was known later', () => {
    expect(calendar.candidates.map(({ decided, dropped }) => [decided - firstDay, dropped])).toEqual([
      [94, ''],
    ])
    for (const { day, decided } of calendar.candidates)
      expect(
        row('help desk · negative').known[at('help desk · negative', day - firstDay)],
      ).toBeLessThanOrEqual(decided)
  })

  it('of a company that nothing is told of says so', () => {
    expect(knowledgeCalendar(market, params, 'ZZ', firstDay, firstDay + 9)).toMatch(/Choose another company/)
  })
})
