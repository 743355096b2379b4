import { describe, expect, it } from 'vitest'
import { recommendedStrikemap } from '../../../../workers/backtest/api.ts'
import { readingsOf } from '../../../../workers/backtest/options/chainReadings.ts'
import { contractView } from '../../../../workers/backtest/options/contractView.ts'
import { quotedDay, tablesOf } from './manyDays.ts'
import { flat, market } from '../tinyMarket.ts'

/** Four sessions; before the third every share becomes seven. */
const raw = [700, 707, 101, 100]
const panel = {
  ...market(raw.map((price, day) => flat(day < 2 ? price / 7 : price))),
  rawFactor: Float64Array.of(7, 7, 1, 1),
}
const expiry = 18_060
const beforeSplit = [630, 665, 700, 735, 770]
const afterSplit = [90, 95, 100, 105, 110]
const days = raw.map((spot, day) =>
  quotedDay(18_000 + day, spot, day < 2 ? beforeSplit : afterSplit, [expiry]),
)
const chains = readingsOf(tablesOf('A', days))
const follow = (slice: number, strike: number, of = panel) =>
  contractView(chains, slice, of, {
    symbol: 'A',
    day: days[slice].day,
    expiry,
    strike,
    right: 1,
    settings: recommendedStrikemap,
  })

describe('a contract through time', () => {
  it('is followed through a split, at the strike that it had on each day', () => {
    const view = follow(3, 105)!
    expect(view.title).toBe('A 105 call, 13 June 2019')
    expect([...view.days]).toEqual([18_000, 18_001, 18_002, 18_003])
    expect([...view.spot]).toEqual(raw)
    const askOf = (day: number, strike: number) =>
      days[day].rows.find((row) => row.strike === strike && row.right > 0)!.ask
    expect([...view.ask]).toEqual([askOf(0, 735), askOf(1, 735), askOf(2, 105), askOf(3, 105)])
    view.vol.forEach((vol) => expect(Math.abs(vol - 0.25)).toBeLessThan(0.001))
    expect(days[3].rows[view.row]).toMatchObject({ strike: 105, right: 1 })
    expect([...follow(0, 735)!.ask]).toEqual([...view.ask])
  })

  it('is missing on days whose chain does not list it', () => {
    const withoutSplit = { ...panel, rawFactor: new Float64Array(4).fill(1) }
    const { ask } = follow(3, 105, withoutSplit)!
    expect([...ask].map(Number.isNaN)).toEqual([true, true, false, false])
  })

  it('is not there where the chain of the day itself does not list it', () => {
    expect(follow(3, 106)).toBeNull()
  })
})
