import { describe, expect, test } from 'vitest'
import { generateMarket } from '../../../../datasets/market.ts'
import { demandColumns } from '../../../../datasets/demand/demandColumns.ts'
import { marketPanel } from '../../../../datasets/panel.ts'
import { checkLookAhead } from '../../../../workers/backtest/lookAhead.ts'
import { defaultParams, systemInfos, type Params } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import type { DailySeries, DemandTables } from '../../../../workers/quant/demandTables.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { firstDay, smallDemand, usualCounts, weekdayPanel, type SmallCompany } from './smallDemand.ts'

const info = systemInfos.find(({ id }) => id === 'tickets')!
/** A single day is enough, so that one thing is tested at a time. */
const recommended = { ...defaultParams(info, 'recommended'), daysRaised: 0, watch: 1 }
const original = defaultParams(info, 'original')
const days = 120
/** A Wednesday. */
const spike = 93

/** One signal per line: weekday or session, direction, conviction. */
function signalsOf(company: Partial<SmallCompany>, params: Params = recommended) {
  const panel = weekdayPanel(['A', 'QQQ'], days + 20)
  const demand = smallDemand([
    { symbol: 'A', negative: usualCounts(days), positive: usualCounts(days, {}, 2), ...company },
  ])
  const signals = systemOf('tickets').signals({ panel, tradable: Uint8Array.of(1, 0), demand }, params)
  return Array.from(signals.day, (session, i) => ({
    day: panel.dates[session] - firstDay,
    direction: signals.direction[i],
    conviction: signals.conviction[i],
    horizon: signals.horizon[i],
    reason: info.reasons[signals.reason![i]],
  }))
}

const complaints = usualCounts(days, { [spike]: 45 })
const uptake = usualCounts(days, { [spike]: 45 }, 2)
const incident = { from: spike, to: spike + 3, severity: 'major' }

describe('Complaints', () => {
  test('with an incident that is open sell the company at the close of the next day, when they are known', () => {
    expect(signalsOf({ negative: complaints, incidents: [incident] })).toEqual([
      {
        day: spike + 1,
        direction: -1,
        conviction: 0.8,
        horizon: expect.any(Number) as number,
        reason: 'Complaints and an incident',
      },
    ])
  })

  test('alone do nothing, nor with an incident that is over by the close', () => {
    expect(signalsOf({ negative: complaints })).toEqual([])
    expect(signalsOf({ negative: complaints, incidents: [{ ...incident, to: spike + 1 }] })).toEqual([])
  })

  test('that are known three days later are acted on three days later', () => {
    const [signal] = signalsOf({ negative: complaints, lag: 3, incidents: [{ ...incident, to: spike + 9 }] })
    // Three days after a Wednesday is a Saturday.
    expect(signal.day).toBe(spike + 5)
  })

  test('with bad news are sure enough, with good news they are not', () => {
    const news = (sentiment: number) => [{ day: spike, sentiment }]
    expect(signalsOf({ negative: complaints, news: news(-0.6) })).toMatchObject([
      { conviction: 0.7, reason: 'Complaints and bad news' },
    ])
    expect(signalsOf({ negative: complaints, news: news(0.6) })).toEqual([])
  })

  test('are not acted on where shorts are off', () => {
    const params = { ...recommended, allowShort: false }
    expect(signalsOf({ negative: complaints, incidents: [incident] }, params)).toEqual([])
  })

  test('as usual are no reason, whatever else happens', () => {
    expect(signalsOf({ incidents: [incident], news: [{ day: spike, sentiment: -1 }] })).toEqual([])
  })

  test('count with their own share in the original preset alone', () => {
    const few = { negative: complaints, positive: usualCounts(days, { [spike]: 5 }, 2) }
    expect(signalsOf(few)).toEqual([])
    expect(signalsOf(few, original).filter(({ day }) => day === spike + 1)).toMatchObject([
      { direction: -1, conviction: 0.7, reason: 'Complaints and their share' },
    ])
  })
})

describe('Uptake', () => {
  test('with downloads that rise by a third buys the company', () => {
    const downloads = usualCounts(days, {}, 3).map((_, day) => (day > spike - 7 ? 1400 : 1000))
    expect(signalsOf({ positive: uptake, downloads })).toMatchObject([
      { day: spike + 1, direction: 1, conviction: 0.75, reason: 'Uptake and downloads' },
    ])
  })

  test('with a release and good news is surer than with either', () => {
    const both = { positive: uptake, releases: [spike - 1], news: [{ day: spike, sentiment: 0.5 }] }
    expect(signalsOf(both)).toMatchObject([{ conviction: 0.85, reason: 'Uptake, several sources' }])
    expect(signalsOf({ ...both, news: [] })).toEqual([])
  })
})

describe('An unusual day', () => {
  const asRecommended = defaultParams(info, 'recommended')
  const lasting = { ...incident, to: spike + 9 }

  test('that passes is left alone, one that lasts is acted on at the fourth of five days above usual', () => {
    expect(signalsOf({ negative: complaints, incidents: [lasting] }, asRecommended)).toEqual([])
    const burst = usualCounts(days, Object.fromEntries([0, 1, 2, 3, 4].map((k) => [spike + k, 45 - 4 * k])))
    const [signal] = signalsOf({ negative: burst, incidents: [lasting] }, asRecommended)
    // From Wednesday to Saturday, which is known on Sunday.
    expect(signal.day).toBe(spike + 5)
  })

  test('is watched for five days, in which others may agree', () => {
    const params = { ...recommended, watch: 5 }
    const news = (day: number) => ({ negative: complaints, news: [{ day, sentiment: -0.6 }] })
    expect(signalsOf(news(spike + 2)).map(({ day }) => day)).toEqual([])
    expect(signalsOf(news(spike + 2), params).map(({ day }) => day)).toEqual([spike + 2])
    expect(signalsOf(news(spike + 7), params)).toEqual([])
  })
})

describe('A company', () => {
  test('is left alone for ten sessions after an entry', () => {
    const negative = usualCounts(days, { [spike - 10]: 45, [spike]: 60 })
    const incidents = [{ from: spike - 11, to: spike + 4, severity: 'major' }]
    expect(signalsOf({ negative, incidents }).map(({ day }) => day)).toEqual([spike - 9])
    const again = signalsOf({ negative, incidents }, { ...recommended, quietDays: 5 })
    expect(again.map(({ day }) => day)).toEqual([spike - 9, spike + 1])
  })

  test('with a stronger day is held longer, and the same tickets always give the same', () => {
    const held = (count: number) =>
      signalsOf({ negative: usualCounts(days, { [spike]: count }), incidents: [incident] })[0].horizon
    expect(held(150)).toBeGreaterThan(held(30))
    expect(held(150)).toBe(held(150))
  })

  test('is left out where the weight of its only product is 0', () => {
    expect(signalsOf({ negative: complaints, incidents: [incident], weight: 0 })).toEqual([])
  })
})

describe('No look-ahead', () => {
  const market = generateMarket({ seed: 5, strength: 1 })
  const panel = marketPanel(market)
  const tradable = Uint8Array.from(panel.symbols, (symbol) => Number(symbol !== 'QQQ'))
  const inputs = { panel, tradable, demand: withLateRows(demandColumns(market)) }

  test('in the share of complaints either, where the positive tickets come to be known later', () => {
    const demand = smallDemand([
      { symbol: 'A', negative: complaints, positive: usualCounts(days, { [spike]: 5 }, 2) },
    ])
    const asPreset = { ...original, watch: 5, leastConfidence: 0.7 }
    const decidedOn = (known: number) => {
      const small = weekdayPanel(['A', 'QQQ'], days)
      const late = { ...demand, tickets: { ...demand.tickets, known: demand.tickets.known.slice() } }
      late.tickets.known[late.tickets.offset[1] + spike] = firstDay + known
      const signals = systemOf('tickets').signals(
        { panel: small, tradable: Uint8Array.of(1, 0), demand: late },
        asPreset,
      )
      return Array.from(signals.day, (session) => small.dates[session] - firstDay).filter(
        (day) => day > spike && day < spike + 10,
      )
    }
    expect(decidedOn(spike + 1)).toEqual([spike + 1])
    expect(decidedOn(spike + 5)).toEqual([spike + 5])
  })

  test.each([
    ['recommended', defaultParams(info, 'recommended')],
    ['original', original],
  ])(
    'in decisions, lags and corroborators of the %s preset, with the future cut off and changed',
    (_, params) => {
      const check = checkLookAhead(systemOf('tickets'), inputs, params, { days: 6, seed: 1 })
      expect(check).toEqual({ days: 6, failures: [] })
    },
  )
})

/** A third of the figures come up to five days late, some never, and some incidents are never closed. */
function withLateRows(tables: DemandTables): DemandTables {
  const random = new Random(9)
  const late = <T extends DailySeries>(series: T): T => ({
    ...series,
    known: series.known.map((day) => day + (random.uniform() < 0.3 ? random.below(6) : 0)),
    value: series.value.map((figure) => (random.uniform() < 0.03 ? NaN : figure)),
  })
  const { incidents } = tables
  return {
    ...tables,
    tickets: late(tables.tickets),
    adoption: late(tables.adoption),
    incidents: {
      ...incidents,
      resolved: incidents.resolved.map((end) => (random.uniform() < 0.2 ? NaN : end)),
    },
  }
}
