import { describe, expect, it } from 'vitest'
import { exchangeHolidays, weekday } from '../../../../datasets/calendar.ts'
import { SENTIMENTS, type Sentiment } from '../../../../datasets/demand/customers.ts'
import { answerReturns } from '../../../../datasets/demand/demandWorld.ts'
import { drawDemand } from '../../../../datasets/demand/drawDemand.ts'
import type { Spell } from '../../../../datasets/demand/spells.ts'
import { generateMarket, type SimulatedMarket } from '../../../../datasets/market.ts'

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const informative = ({ kind }: Spell) => kind === 'trouble' || kind === 'wave'

const markets = Array.from({ length: 6 }, (_, i) => generateMarket({ seed: 701 + i }))
const demands = markets.map(drawDemand)

/** Tickets of one company, by calendar day since the first. */
function ticketsOf(of: number, symbol: number, sentiment: Sentiment): Int32Array {
  const { covered, calendarDays, tickets, until } = demands[of].tables
  const i = covered.indexOf(symbol)
  const first = (i * SENTIMENTS.length + SENTIMENTS.indexOf(sentiment)) * calendarDays
  return tickets.slice(first, first + until[i])
}

describe('the customers of a simulated market', () => {
  it('mean something about 40 times a year, and nothing far more often', () => {
    const years = markets.length * 5
    const all = markets.flatMap(({ truth }) => truth.demand.spells)
    const meaningful = all.filter(informative).length / years
    expect(meaningful).toBeGreaterThan(34)
    expect(meaningful).toBeLessThan(46)
    expect((all.length - all.filter(informative).length) / years).toBeGreaterThan(3 * meaningful)
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(7)
  })

  it('write more tickets when a product goes wrong, and as many more when it means nothing', () => {
    const rise = (kind: Spell['kind'], sentiment: Sentiment) => {
      const ratios = markets.flatMap(({ truth, dates }, of) =>
        truth.demand.spells
          .filter((spell) => spell.kind === kind)
          .flatMap(({ symbol, day }) => {
            const start = dates[day] - dates[0]
            const counts = ticketsOf(of, symbol, sentiment)
            if (start < 28 || start >= counts.length) return []
            // The same day of the week in the four weeks before.
            const usual = mean([1, 2, 3, 4].map((week) => counts[start - 7 * week]))
            return [(counts[start] + 1) / (usual + 1)]
          }),
      )
      return mean(ratios)
    }
    expect(rise('trouble', 'negative')).toBeGreaterThan(2.3)
    expect(rise('complaints', 'negative')).toBeGreaterThan(1.8)
    expect(rise('wave', 'positive')).toBeGreaterThan(2.2)
    expect(rise('hype', 'positive')).toBeGreaterThan(1.7)
    expect(rise('wave', 'negative')).toBeLessThan(1.3)
    expect(rise('campaign', 'neutral')).toBeGreaterThan(1.4)
  })

  it('write by the week: least at weekends, most on Mondays; less on holidays', () => {
    const byWeekday: number[][] = [[], [], [], [], [], [], []]
    const holidays: number[] = []
    markets.forEach(({ truth, dates }, of) => {
      const shut = exchangeHolidays(2023)
      for (const symbol of truth.demand.covered) {
        const counts = ticketsOf(of, symbol, 'neutral')
        const usual = mean([...counts])
        counts.forEach((count, day) => {
          byWeekday[weekday(dates[0] + day)].push(count / usual)
          if (shut.has(dates[0] + day)) holidays.push(count / usual)
        })
      }
    })
    const [sunday, monday, tuesday, , , friday, saturday] = byWeekday.map(mean)
    expect(Math.max(sunday, saturday)).toBeLessThan(0.6 * tuesday)
    expect(monday).toBeGreaterThan(1.05 * tuesday)
    expect(friday).toBeLessThan(0.95 * tuesday)
    expect(mean(holidays)).toBeLessThan(0.7 * tuesday)
  })

  it('write more unevenly than a Poisson process: the variance exceeds the mean', () => {
    const indices: number[] = []
    markets.forEach(({ truth, dates }, of) => {
      for (const symbol of truth.demand.covered) {
        // Midweek days of four weeks, in which hardly anything shifts.
        const counts = ticketsOf(of, symbol, 'neutral')
        for (let from = 0; from + 28 < counts.length; from += 28) {
          const midweek = [...counts.slice(from, from + 28)].filter((_, k) =>
            [2, 3, 4].includes(weekday(dates[0] + from + k)),
          )
          const centre = mean(midweek)
          const squares = midweek.reduce((sum, count) => sum + (count - centre) ** 2, 0)
          indices.push(squares / (midweek.length - 1) / centre)
        }
      }
    })
    indices.sort((a, b) => a - b)
    // Of a Poisson process the middle one would be 0.94.
    expect(indices[Math.floor(indices.length / 2)]).toBeGreaterThan(1.8)
  })
})

describe('the answer of the share', () => {
  /** Signed move over the market of the ten days of each answer, while the edge is whole. */
  const answered = (market: SimulatedMarket): number[] => {
    const { truth, dates, prices, adjFactor, symbols } = market
    const { world, spells } = truth.demand
    const days = dates.length
    const whole = world.fate === 'lasting' ? days : world.turningDay
    const move = (symbol: number, from: number, to: number) => {
      const price = (day: number) => prices.close[symbol * days + day] * adjFactor[symbol * days + day]
      return Math.log(price(to) / price(from))
    }
    return spells.flatMap(({ symbol, kind, day }) => {
      if (kind !== 'trouble' && kind !== 'wave') return []
      const from = day + world[kind].lag - 1
      const deal = truth.deals.find(({ target }) => target === symbol)
      if (from + 10 >= Math.min(whole, deal?.announced ?? days)) return []
      const own =
        move(symbol, from, from + 10) - (truth.beta[symbol] / 1.2) * move(symbols.length - 1, from, from + 10)
      return Number.isFinite(own) ? [kind === 'wave' ? own : -own] : []
    })
  }

  it('is a drift near 3 % over ten days, which begins some days after the spell', () => {
    const sizes = markets.flatMap(({ truth }) =>
      [truth.demand.world.trouble, truth.demand.world.wave].map((answer) => {
        expect(answer.lag).toBeGreaterThanOrEqual(3)
        return answerReturns(answer)
          .slice(0, 10)
          .reduce((sum, value) => sum + value, 0)
      }),
    )
    expect(mean(sizes)).toBeGreaterThan(0.025)
    expect(mean(sizes)).toBeLessThan(0.035)
    const moves = markets.flatMap(answered)
    expect(moves.length).toBeGreaterThan(600)
    expect(mean(moves)).toBeGreaterThan(0.022)
    expect(mean(moves)).toBeLessThan(0.038)
  })

  it('is half as predictable at half strength, and not at all in the null market', () => {
    const at = (strength: number) =>
      mean(markets.flatMap(({ seed }) => answered(generateMarket({ seed, strength }))))
    const whole = mean(markets.flatMap(answered))
    const half = at(0.5)
    expect(half).toBeGreaterThan(0.3 * whole)
    expect(half).toBeLessThan(0.7 * whole)
    expect(Math.abs(at(0))).toBeLessThan(0.2 * whole)
  }, 120_000)

  it('is all that strength changes: the tables are the same at every strength', () => {
    const none = generateMarket({ seed: 701, strength: 0 })
    expect(none.truth.demand).toEqual(markets[0].truth.demand)
    expect(drawDemand(none)).toEqual(demands[0])
    expect(none.prices.close).not.toEqual(markets[0].prices.close)
  })

  it('fades in some worlds and reverses in some, whatever becomes of the technical edge', () => {
    const fates = Array.from({ length: 60 }, (_, seed) => {
      const { truth } = generateMarket({ seed, years: 1 })
      return { own: truth.demand.world.fate, technical: truth.regimes.fate }
    })
    expect(new Set(fates.map(({ own }) => own))).toEqual(new Set(['lasting', 'fading', 'reversing']))
    expect(fates.filter(({ own }) => own === 'lasting').length).toBeGreaterThan(30)
    expect(fates.some(({ own, technical }) => own !== 'lasting' && technical === 'lasting')).toBe(true)
  }, 60_000)
})
