import { describe, expect, it } from 'vitest'
import type { ChainTables } from '../../../../workers/quant/chainTables.ts'
import { structureKinds } from '../../../../workers/quant/structures.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { CheapContracts } from '../../../../workers/systems/options/availability.ts'
import { integratedSignals } from '../../../../workers/systems/options/integrated.ts'
import type { IntegratedParams } from '../../../../workers/systems/options/integratedParams.ts'
import { smallDemand } from '../tickets/smallDemand.ts'
import { panelOf } from '../../backtest/structures/smallMarket.ts'

const info = systemInfos.find(({ id }) => id === 'options')!
const params = (changed = {}) =>
  ({ ...defaultParams(info, 'recommended'), ...changed }) as unknown as IntegratedParams
const days = 250
const quiet = Array.from({ length: 7 * 50 }, () => 5)
/** Complaints for a week, and an incident that agrees. */
const troubled = quiet.map((count, day) => (day >= 200 && day < 207 ? 60 : count))

const inputs = () => {
  const panel = panelOf([Array.from({ length: days }, () => 100)])
  return {
    panel,
    tradable: Uint8Array.of(1),
    demand: smallDemand([
      {
        symbol: 'S0',
        negative: troubled,
        positive: quiet,
        incidents: [{ from: 199, to: 230, severity: 'critical' }],
      },
    ]),
  }
}

describe('the integrated mode', () => {
  it('says nothing without data of Jet and Tickets', () => {
    const { panel, tradable } = inputs()
    expect(integratedSignals({ panel, tradable }, params()).day).toHaveLength(0)
  })

  it('ranks by conviction where no contract is cheap, and protects what is strong', () => {
    const signals = integratedSignals(inputs(), params({ strongRank: 0.5 }))
    expect(signals.day.length).toBeGreaterThan(0)
    signals.conviction.forEach((rank, row) => {
      expect(rank).toBeLessThanOrEqual(0.7)
      const strong = rank >= 0.5 ? structureKinds.indexOf('protective-put') : -1
      expect(signals.structure![row]).toBe(strong)
    })
    expect(info.reasons[signals.reason![0]]).toBe('Tickets')
  })

  it('leaves signals below the least rank alone', () => {
    expect(integratedSignals(inputs(), params({ leastRank: 0.75 })).day).toHaveLength(0)
  })
})

describe('the availability of cheap contracts', () => {
  it('is nothing without a fresh chain', () => {
    const none: ChainTables = {
      underlyings: { symbol: [], quoted: [] },
      slices: {
        underlying: new Int32Array(),
        day: new Int32Array(),
        spot: new Float64Array(),
        first: Int32Array.of(0),
      },
      rows: {
        expiry: new Int32Array(),
        strike: new Float64Array(),
        right: new Int8Array(),
        bid: new Float64Array(),
        ask: new Float64Array(),
        last: new Float64Array(),
        volume: new Float64Array(),
        openInterest: new Float64Array(),
        vendorVol: new Float64Array(),
      },
      problems: [],
    }
    expect(new CheapContracts(none).availability('S0', 20_000, 1)).toBe(0)
  })
})
