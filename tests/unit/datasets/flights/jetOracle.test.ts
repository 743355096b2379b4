import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawFlights } from '../../../../datasets/flights/drawFlights.ts'
import { jetReport, measureJets } from '../../../../datasets/flights/jetFacts.ts'
import { jetSignals, type JetOracleFigures } from '../../../../datasets/flights/jetOracle.ts'
import { outlineMarket } from '../../../../datasets/outline.ts'

const kept = readFileSync(new URL('../../../market-facts.md', import.meta.url), 'utf8')
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('the oracle of the flights over 20 seeds', () => {
  let whole: JetOracleFigures[]
  let none: JetOracleFigures[]
  beforeAll(() => {
    whole = measureJets(101, 120, 1)
    none = measureJets(101, 120, 0)
  }, 180_000)

  it('gives twelve signals a year, and is right on four of five of them', () => {
    expect(mean(whole.map(({ perYear }) => perYear))).toBeGreaterThan(11)
    expect(mean(whole.map(({ perYear }) => perYear))).toBeLessThan(13)
    // Its standard deviation from market to market is about 0.13.
    const threeErrors = (3 * 0.13) / Math.sqrt(20)
    expect(Math.abs(mean(whole.map(({ accuracy }) => accuracy)) - 0.8)).toBeLessThan(threeErrors)
  })

  it('is right no more often than chance in the null market', () => {
    const edge = mean(none.map(({ accuracy, baseRate }) => accuracy - baseRate))
    expect(Math.abs(edge)).toBeLessThan(0.05)
    expect(mean(none.map(({ perYear }) => perYear))).toBeGreaterThan(8)
  })

  it('has the figures in the kept table', () => {
    expect(kept).toContain(jetReport(whole))
    expect(kept).toContain(jetReport(none))
  })
})

describe('the oracle of the flights', () => {
  it('names on a day what it would name if nothing came after', () => {
    const market = outlineMarket({ seed: 3 })
    const { aircraft, flights, events, truth } = drawFlights(market)
    const { dates } = market
    const whole = jetSignals({ dates, aircraft, flights, events }, truth.world)
    for (const cut of [500, 900]) {
      const known = {
        dates,
        aircraft,
        flights: flights.filter(({ knownAt }) => knownAt <= dates[cut]),
        events: events.filter(({ announcedOn }) => announcedOn <= dates[cut]),
      }
      const upToCut = whole.filter(({ day }) => day <= cut)
      expect(upToCut.length).toBeGreaterThan(5)
      expect(jetSignals(known, truth.world)).toEqual(upToCut)
    }
  })
})
