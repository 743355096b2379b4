import { describe, expect, it } from 'vitest'
import { tradingDays } from '../../../../datasets/calendar.ts'
import { COMPANIES } from '../../../../datasets/companies.ts'
import { drawDeals, type Deal } from '../../../../datasets/deals.ts'
import {
  drawFlightWorld,
  drawLead,
  leadProbabilities,
  LONGEST_LEAD,
  SHORTEST_LEAD,
  VISITS_PER_DEAL,
} from '../../../../datasets/flights/flightWorld.ts'
import { drawDealVisits, drawInnocentVisits, type Visit } from '../../../../datasets/flights/visits.ts'
import { createRandom } from '../../../../datasets/random.ts'

const dates = tradingDays(2020, 5)
const SEEDS = Array.from({ length: 80 }, (_, i) => 5001 + i)

function drawn(seed: number, strength: number, fate?: 'lasting'): { deals: Deal[]; visits: Visit[] } {
  const deals = drawDeals(COMPANIES, dates, createRandom(seed, 'deals'))
  const world = drawFlightWorld(dates.length, createRandom(seed, 'flight world'))
  const streams = [createRandom(seed, 'deal visits'), createRandom(seed, 'permuted visits')] as const
  return { deals, visits: drawDealVisits(deals, { ...world, ...(fate && { fate }) }, strength, ...streams) }
}

const counts = (visits: readonly Visit[], key: (visit: Visit) => unknown) => {
  const count = new Map<unknown, number>()
  for (const visit of visits) count.set(key(visit), (count.get(key(visit)) ?? 0) + 1)
  return count
}

describe('the visits that prepare a deal', () => {
  it('are none to four, as often as stated', () => {
    const seen = VISITS_PER_DEAL.map(() => 0)
    for (const seed of SEEDS) {
      const { deals, visits } = drawn(seed, 1)
      const perDeal = counts(visits, ({ deal }) => deal)
      deals.forEach((_, i) => seen[perDeal.get(i) ?? 0]++)
    }
    const total = seen.reduce((sum, count) => sum + count, 0)
    expect(total).toBe(60 * SEEDS.length)
    const wanted = [0.1, 0.25, 0.3, 0.2, 0.15]
    seen.forEach((count, i) => {
      const error = Math.sqrt((wanted[i] * (1 - wanted[i])) / total)
      expect(Math.abs(count / total - wanted[i]), `${i} visits`).toBeLessThan(4 * error)
    })
  })

  it('are made by the buyer at the target, 5 to 60 trading days before the news, at full strength', () => {
    for (const seed of SEEDS) {
      const { deals, visits } = drawn(seed, 1, 'lasting')
      for (const { visitor, visited, day, deal, linked } of visits) {
        const { acquirer, target, announced } = deals[deal!]
        expect([visitor, visited]).toEqual([acquirer, target])
        expect(announced - day).toBeGreaterThanOrEqual(5)
        expect(announced - day).toBeLessThanOrEqual(60)
        expect(linked).toBe(true)
      }
    }
  })

  it('keep their number, their visitors, the visited and their days at every strength', () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const [whole, half, none] = [1, 0.5, 0].map((strength) => drawn(seed, strength, 'lasting').visits)
      for (const weaker of [half, none]) {
        expect(counts(weaker, ({ visitor }) => visitor)).toEqual(counts(whole, ({ visitor }) => visitor))
        expect(counts(weaker, ({ visited }) => visited)).toEqual(counts(whole, ({ visited }) => visited))
      }
      expect(none.every(({ linked }) => !linked)).toBe(true)
      const kept = half.filter(({ linked }) => linked).length / half.length
      expect(kept).toBeGreaterThan(0.2)
      expect(kept).toBeLessThan(0.8)
    }
  })

  it('foretell deals at full strength, less at half, and at none no more than chance does', () => {
    const HORIZON = 41
    const [whole, half, none] = [1, 0.5, 0].map((strength) => {
      let right = 0
      let chance = 0
      let all = 0
      for (const seed of SEEDS) {
        const { deals, visits } = drawn(seed, strength, 'lasting')
        const announced = new Map(deals.map((deal) => [deal.target, deal.announced]))
        const soon = (target: number, day: number) =>
          announced.get(target)! > day && announced.get(target)! <= day + HORIZON
        for (const { visited, day } of visits) {
          if (announced.get(visited)! <= day) continue
          const open = [...announced.keys()].filter((target) => announced.get(target)! > day)
          all++
          if (soon(visited, day)) right++
          chance += open.filter((target) => soon(target, day)).length / open.length
        }
      }
      return { right: right / all, chance: chance / all }
    })
    expect(whole.right - whole.chance).toBeGreaterThan(0.5)
    expect(half.right - half.chance).toBeGreaterThan(0.2)
    expect(half.right).toBeLessThan(whole.right - 0.1)
    expect(Math.abs(none.right - none.chance)).toBeLessThan(0.025)
  })

  it('stop foretelling halfway in a world that fades', () => {
    const seed = SEEDS.find(
      (candidate) => drawFlightWorld(dates.length, createRandom(candidate, 'flight world')).fate === 'fading',
    )!
    const { turningDay } = drawFlightWorld(dates.length, createRandom(seed, 'flight world'))
    const { deals, visits } = drawn(seed, 1)
    for (const { deal, linked } of visits) expect(linked).toBe(deals[deal!].announced < turningDay)
  })

  it('come before the news by days of the stated probability', () => {
    const world = drawFlightWorld(dates.length, createRandom(1, 'flight world'))
    const random = createRandom(1, 'leads')
    const probability = leadProbabilities(world)
    const seen = new Float64Array(LONGEST_LEAD + 1)
    for (let i = 0; i < 50_000; i++) seen[drawLead(world, random)]++
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    expect(probability.slice(0, SHORTEST_LEAD)).toEqual(new Float64Array(SHORTEST_LEAD))
    seen.forEach((count, lead) => {
      const error = Math.sqrt(50_000 * probability[lead])
      expect(Math.abs(count - 50_000 * probability[lead])).toBeLessThanOrEqual(5 * error)
    })
  })
})

describe('innocent visits', () => {
  const listedUntil = new Int32Array(COMPANIES.length).fill(dates.length - 1)
  const world = drawFlightWorld(dates.length, createRandom(2, 'flight world'))

  it('are made by operators to other companies, on days on which those are listed', () => {
    const gone = listedUntil.slice()
    gone[50] = 300
    const visits = drawInnocentVisits(COMPANIES, gone, dates.length, 4000, world, createRandom(1, 'innocent'))
    for (const { visitor, visited, deal } of visits) {
      expect(COMPANIES[visitor].role).toBe('operator')
      expect(visited).not.toBe(visitor)
      expect(deal).toBeNull()
    }
    const late = visits.filter(({ visited, day }) => visited === 50 && day > 300 + 60)
    expect(late).toHaveLength(0)
    expect(visits.some(({ visited }) => visited === 50)).toBe(true)
  })

  it('are mostly single, some in clusters of two to four', () => {
    const visits = drawInnocentVisits(
      COMPANIES,
      listedUntil,
      dates.length,
      300,
      { ...world, clusterShare: 0.1 },
      createRandom(3, 'innocent'),
    )
    const errands = [...counts(visits, ({ visitor, visited }) => visitor * 1000 + visited).values()]
    const single = errands.filter((count) => count === 1).length / errands.length
    expect(single).toBeGreaterThan(0.7)
    expect(errands.some((count) => count > 1)).toBe(true)
  })
})
