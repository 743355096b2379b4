import { describe, expect, it } from 'vitest'
import { murmur128 } from '../../../../workers/backtest/hash.ts'
import { checkLookAhead } from '../../../../workers/backtest/lookAhead.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { flightsBefore, flightsOfAnotherFuture } from '../../../../workers/systems/jet/futures.ts'
import { jet } from '../../../../workers/systems/jet.ts'
import type { JetParams } from '../../../../workers/systems/jetParams.ts'
import { jetRows, type JetRows, type RowSpec } from '../../../../workers/systems/jetFeatures.ts'
import { simulatedJet, standIn, standInScores } from './simulatedJet.ts'

const market = simulatedJet(77, 1, 10)
const { tables, panel, rows } = market
const { dates } = panel

/** 50 dates over the whole market. */
const testDays = Array.from({ length: 50 }, (_, i) => 20 + Math.floor((i * (dates.length - 30)) / 50))
/** Rows made anew, of the days up to each date. */
const span = 10

/** Everything the rows of the days before say, as one text: thousands of numbers are compared at once. */
function last(all: JetRows, until: number): string[] {
  const { flat, sequence } = all
  const from = Array.from(all.known.keys()).filter(
    (row) => all.known[row] <= dates[until] && all.known[row] > dates[until - span],
  )
  const cells = sequence.length * sequence.names.length
  return from.map((row) => {
    const columns = [
      flat.values.subarray(row * flat.names.length, (row + 1) * flat.names.length),
      sequence.values.subarray(row * cells, (row + 1) * cells),
      sequence.levels.subarray(row * sequence.length, (row + 1) * sequence.length),
      sequence.ages.subarray(row * sequence.length, (row + 1) * sequence.length),
    ]
    const bytes = columns.map(({ buffer, byteOffset, byteLength }) =>
      murmur128(new Uint8Array(buffer, byteOffset, byteLength).slice()),
    )
    return `${all.known[row]} ${all.company[row]} ${all.visited[row]} ${bytes.join(' ')}`
  })
}

describe('removing all flights, events and changes of owner after a day', () => {
  it('changes no feature of any row up to that day, on 50 dates', () => {
    for (const day of testDays) {
      const wanted = (row: RowSpec) => row.day <= day && row.day > day - span
      const cut = jetRows(flightsBefore(tables, dates[day]), dates.subarray(0, day + 2), { wanted })
      expect(last(cut, day), `day ${day}`).toEqual(last(rows, day))
    }
  })

  it('is no empty promise: another future changes the rows behind the day', () => {
    const other = jetRows(flightsOfAnotherFuture(tables, dates[150], 1), dates.subarray(0, 201))
    expect(last(other, 199)).not.toEqual(last(rows, 199))
    expect(last(other, 150)).toEqual(last(rows, 150))
  })

  it('and all prices changes no score and no signal, on 50 dates and for both futures', () => {
    market.take(standIn, standInScores(market.dataset), 0)
    const info = systemInfos.find(({ id }) => id === 'jet')!
    const params = { ...defaultParams(info, 'recommended'), signalsPerYear: 60 } as unknown as JetParams
    const inputs = { panel, tradable: new Uint8Array(panel.symbols.length).fill(1), jet: market.inputs }
    expect(jet.signals(inputs, params).day.length).toBeGreaterThan(5)
    expect(checkLookAhead(jet, inputs, params, { days: 50, seed: 1 })).toEqual({ days: 50, failures: [] })
  })
})
