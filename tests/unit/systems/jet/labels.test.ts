import { describe, expect, it } from 'vitest'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { jetLabels } from '../../../../workers/systems/jet/labels.ts'
import { jetRows } from '../../../../workers/systems/jetFeatures.ts'
import { smallFleet } from './smallFleet.ts'

const monday = 19723
const days = 420
/** Every day trades, so that days and epoch days differ by a constant. */
const dates = Int32Array.from({ length: days }, (_, i) => monday + i)
const visitDay = 330

/** Prices of TGT and of a market, in small steps up and down, and what is done to TGT on some days. */
function panelWith(change: (day: number) => number): Panel {
  const close = new Float64Array(2 * days)
  close[0] = close[days] = 100
  for (let day = 1; day < days; day++) {
    const market = day % 2 === 0 ? 0.004 : -0.004
    const own = day % 3 === 0 ? 0.01 : -0.005
    close[day] = close[day - 1] * Math.exp(market)
    close[days + day] = close[days + day - 1] * Math.exp(market + own + change(day))
  }
  return { dates, symbols: ['QQQ', 'TGT'], open: close, high: close, low: close, close, volume: close }
}

function labelsWith(
  change: (day: number) => number,
  events: { day: number; kind: 'target' | 'acquirer' }[] = [],
) {
  const tables = smallFleet({
    companies: { BUY: 'HOME', TGT: 'SEAT' },
    owners: [['T1', 'BUY']],
    legs: [{ day: monday + visitDay, hour: 8, from: 'HOME', to: 'SEAT' }],
    events: events.map(({ day, kind }) => ({ company: 'TGT', day: monday + day, kind })),
  })
  const rows = jetRows(tables, dates, { wanted: ({ visit }) => visit !== null })
  return jetLabels(rows, tables, panelWith(change), 0)
}

const jumpOn = (on: number, by: number) => (day: number) => (day === on ? by : 0)

describe('the event of a visit', () => {
  it('is the first announcement of the visited company in the 60 days after, not one of the same day', () => {
    const { event, eventDay } = labelsWith(
      () => 0,
      [
        { day: visitDay, kind: 'acquirer' },
        { day: visitDay + 20, kind: 'target' },
        { day: visitDay + 40, kind: 'acquirer' },
      ],
    )
    expect(event[0]).toBe(2)
    expect(eventDay[0]).toBe(monday + visitDay + 20)
  })

  it('is none after 60 days', () => {
    expect(labelsWith(() => 0, [{ day: visitDay + 61, kind: 'target' }]).event[0]).toBe(0)
    expect(labelsWith(() => 0, [{ day: visitDay + 60, kind: 'target' }]).event[0]).toBe(2)
  })
})

describe('the direction of a visit', () => {
  it('is buy when the abnormal return touches the upper barrier first', () => {
    expect(labelsWith(jumpOn(visitDay + 10, 0.4)).direction[0]).toBe(2)
  })

  it('is sell at the lower one, even if the price comes back', () => {
    const { direction, adverse } = labelsWith((day) =>
      day === visitDay + 5 ? -0.4 : day === visitDay + 9 ? 0.8 : 0,
    )
    expect(direction[0]).toBe(0)
    expect(adverse[0]).toBeGreaterThan(0.35)
  })

  it('is hold where nothing happens, and does not see what comes after the announcement', () => {
    expect(labelsWith(() => 0).direction[0]).toBe(1)
    const broken = labelsWith(jumpOn(visitDay + 30, -0.5), [{ day: visitDay + 20, kind: 'target' }])
    expect(broken.direction[0]).toBe(1)
  })

  it('takes a move of the whole market for none of its own', () => {
    const tables = smallFleet({
      companies: { BUY: 'HOME', TGT: 'SEAT' },
      owners: [['T1', 'BUY']],
      legs: [{ day: monday + visitDay, hour: 8, from: 'HOME', to: 'SEAT' }],
    })
    const panel = panelWith(() => 0)
    for (let day = visitDay + 10; day < days; day++) {
      panel.close[day] *= 1.4
      panel.close[days + day] *= 1.4
    }
    const rows = jetRows(tables, dates, { wanted: ({ visit }) => visit !== null })
    expect(jetLabels(rows, tables, panel, 0).direction[0]).toBe(1)
  })

  it('is settled when both answers are in', () => {
    expect(labelsWith(() => 0).resolved[0]).toBe(monday + visitDay + 60)
  })
})

describe('a visit too near the end of the data', () => {
  it('has no answer yet', () => {
    const tables = smallFleet({
      companies: { BUY: 'HOME', TGT: 'SEAT' },
      owners: [['T1', 'BUY']],
      legs: [{ day: monday + days - 30, hour: 8, from: 'HOME', to: 'SEAT' }],
    })
    const rows = jetRows(tables, dates, { wanted: ({ visit }) => visit !== null })
    const { event, direction } = jetLabels(
      rows,
      tables,
      panelWith(() => 0),
      0,
    )
    expect([event[0], direction[0]]).toEqual([-100, -100])
  })
})
