import { describe, expect, it } from 'vitest'
import type { LiveSignals, RunRequest } from '../../../../workers/backtest/api.ts'
import type { LoadedPanel } from '../../../../workers/backtest/engine.ts'
import { decisionsOf, signalsOf } from '../../../../workers/backtest/paper/decisions.ts'
import { liveSignalsOf } from '../../../../workers/backtest/paper/liveSignals.ts'
import { firstDays } from '../../../../workers/backtest/withoutFuture.ts'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { defaultParams, systemInfos, type Params } from '../../../../workers/systems/api.ts'
import { systemOf } from '../../../../workers/systems/registry.ts'
import { firstDay, smallDemand, usualCounts, weekdayPanel } from '../../systems/tickets/smallDemand.ts'

const params: Params = {
  ...defaultParams(
    systemInfos.find(({ id }) => id === 'tickets')!,
    'recommended',
  ),
  daysRaised: 0,
  watch: 1,
}
const request: RunRequest = {
  system: 'tickets',
  params,
  from: null,
  to: null,
  outOfSampleFrom: null,
  benchmark: 'QQQ',
  seed: 1,
}

/** A Tuesday; its tickets are known on Wednesday's close. */
const spike = 191
const demand = smallDemand([
  {
    symbol: 'A',
    negative: usualCounts(300, { [spike]: 45 }),
    positive: usualCounts(300, {}, 2),
    incidents: [{ from: spike, to: spike + 4, severity: 'major' }],
  },
])
const whole = weekdayPanel(['A', 'QQQ'], 300)
const known = Array.from(whole.dates).indexOf(firstDay + spike + 1)

/** The days up to one, which has begun only where so said. */
function until(day: number, provisional: boolean): LoadedPanel {
  const panel: Panel = { ...firstDays(whole, day + 1), ...(provisional && { provisional: true as const }) }
  return { panelId: 'p', panel, simulated: false, signals: null, flights: null, demand, contents: 'p' }
}

function signalsOn(panel: LoadedPanel): LiveSignals {
  const signals = liveSignalsOf(panel, request)
  if (typeof signals === 'string') throw new Error(signals)
  return signals
}

describe('live signals', () => {
  it('are told of a day that has begun as soon as its rows are seen, and decided at its close', () => {
    const during = signalsOn(until(known, true))
    expect(during.day).toBe(whole.dates[known - 1])
    expect(during.decided).toEqual([])
    expect(during.provisional).toMatchObject({
      day: whole.dates[known],
      decisions: [{ system: 'tickets', symbol: 'A', direction: -1 }],
    })
    const [decision] = during.provisional!.decisions
    expect(decision.reason).not.toBe('')

    const after = signalsOn(until(known, false))
    expect(after).toMatchObject({ day: whole.dates[known], provisional: null })
    expect(after.decided).toEqual([decision])
  })

  it('say nothing on the day before', () => {
    expect(signalsOn(until(known - 1, true)).provisional?.decisions).toEqual([])
  })

  it('are the rows of the backtest under other names', () => {
    const { panel } = until(known, false)
    const system = systemOf('tickets')
    const tradable = new Uint8Array(2).fill(1)
    const signals = system.signals({ panel, tradable, demand }, params)
    const decisions = decisionsOf(panel, signals, system, known)
    const again = signalsOf(panel, system.reasons, decisions)
    for (const [name, column] of Object.entries(signals)) {
      const rows = Array.from(column as Float64Array).slice(-decisions.length)
      expect(Array.from(again[name as keyof typeof again] as Float64Array), name).toEqual(rows)
    }
  })
})
