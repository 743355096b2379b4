import { gzipSync, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { isoDate } from '../../../../datasets/calendar.ts'
import { COMPANIES } from '../../../../datasets/companies.ts'
import { sha256 } from '../../../../datasets/files.ts'
import { AIRPORTS } from '../../../../datasets/flights/airports.ts'
import { drawFlights, flightsPart } from '../../../../datasets/flights/drawFlights.ts'
import { drawFleets } from '../../../../datasets/flights/fleets.ts'
import { DAY_MINUTES } from '../../../../datasets/flights/trips.ts'
import { generateMarket } from '../../../../datasets/market.ts'
import { outlineMarket } from '../../../../datasets/outline.ts'
import { createRandom } from '../../../../datasets/random.ts'

const market = generateMarket({ seed: 1 })
const { tables } = flightsPart(market)
const outline = outlineMarket({ seed: 1 })
const { aircraft, flights, events, truth } = drawFlights(outline)
const table = (name: string) => tables.find((candidate) => candidate.name === name)!
const rowsOf = (name: string) =>
  table(name)
    .text.trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))

describe('the tables of the flights', () => {
  it('are the same to the byte on every machine', () => {
    expect(Object.fromEntries(tables.map(({ name, text }) => [name, sha256(text)]))).toEqual({
      'airports.csv': '8f38dda9234af1ed029dd8e0fca89634628827972f55fc9c9c06b1f852902776',
      'aircraft.csv': 'b8df8aa733eb0069160e098448b9d37372803884df6c61607c5bdaab64b620a0',
      'flights.csv': 'ae1ae2f43c8c2f48f3a447f741677fde088802584caeac1a01e11209f81654d9',
      'events.csv': '83c5a11495825b97d09635fe8af0d5189d207da47835064f3930c68f37d2431d',
    })
    expect(sha256(JSON.stringify(truth))).toBe(
      '57d30d552902a5aede22d9eee2b552e1764d4bcf3f1fcbf9c1b452ec6a1cab0d',
    )
  })

  it('have the columns of the schema, and as many rows as they say', () => {
    const headers = tables.map(({ text }) => text.slice(0, text.indexOf('\n')))
    expect(headers).toEqual([
      'code,name,latitude,longitude',
      'icao24,registration,symbol,valid_from,valid_to,type,owner',
      'icao24,departed_at,origin,destination,arrived_at,known_at',
      'symbol,announced_on,kind,counterparty',
    ])
    for (const { name, text, rows } of tables) {
      const [header, ...lines] = text.trimEnd().split('\n')
      expect(lines).toHaveLength(rows)
      const width = header.split(',').length
      expect(
        lines.every((line) => line.split(',').length === width),
        name,
      ).toBe(true)
    }
  })

  it('write times in UTC to the minute, and days as dates', () => {
    for (const [icao24, departedAt, , , arrivedAt, knownAt] of rowsOf('flights.csv')) {
      const written =
        /^d[45][0-9a-f]{4} \d{4}-\d\d-\d\dT\d\d:\d\d:00Z \d{4}-\d\d-\d\dT\d\d:\d\d:00Z \d{4}-\d\d-\d\d$/
      if (!written.test([icao24, departedAt, arrivedAt, knownAt].join(' '))) throw new Error(departedAt)
    }
    const [, departedAt, , , arrivedAt, knownAt] = rowsOf('flights.csv')[0]
    expect(Date.parse(departedAt)).toBe(flights[0].departed * 60_000)
    expect(Date.parse(arrivedAt)).toBe(flights[0].arrived * 60_000)
    expect(knownAt).toBe(isoDate(flights[0].knownAt))
  })

  it('fit into 1.5 MB compressed, the truth included', () => {
    const bytes = tables.map(({ text }) => gzipSync(strToU8(text), { level: 6 }).length)
    const whole = bytes.reduce((sum, size) => sum + size, 0) + JSON.stringify(truth, null, 1).length
    expect(whole).toBeLessThan(1.5e6)
  })
})

describe('the fleets', () => {
  it('belong to the 36 operators, each with one to four aircraft on any day', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const [first, last] = [market.dates[0], market.dates.at(-1)!]
      const fleets = drawFleets(COMPANIES, first, last, createRandom(seed, 'fleets'))
      for (let day = first; day <= last; day += 11) {
        const size = COMPANIES.map(() => 0)
        for (const { operator, from, to } of fleets)
          if (from <= day && (to === null || to >= day)) size[operator]++
        size.forEach((count, company) => {
          const operates = COMPANIES[company].role === 'operator'
          if (operates ? count < 1 || count > 4 : count > 0) throw new Error(`${company} has ${count}`)
        })
      }
    }
  })

  it('change hands without two owners on a day', () => {
    const sold = aircraft.filter(({ boughtFrom }) => boughtFrom !== undefined)
    expect(sold.length).toBeGreaterThan(0)
    for (const { icao24, boughtFrom, from } of sold) {
      const before = aircraft.find((other) => other.icao24 === icao24 && other.from < from)!
      expect(before.operator).toBe(boughtFrom)
      expect(before.to).toBe(from - 1)
    }
  })

  it('are registered to the company under some name, or to somebody who does not tell', () => {
    const own = aircraft.filter(({ operator, owner }) =>
      owner.startsWith(COMPANIES[operator].name.toUpperCase().split(' ')[0]),
    )
    expect(own.length / aircraft.length).toBeGreaterThan(0.6)
    expect(own.length / aircraft.length).toBeLessThan(0.95)
    expect(aircraft.every(({ registration }) => /^QX-[A-Z]{3}$/.test(registration))).toBe(true)
  })
})

describe('the flights', () => {
  const codes = new Set(AIRPORTS.map(([code]) => code))
  const hiddenBetween = (operator: number, from: number, to: number) =>
    truth.hidden.some(
      (weeks) =>
        weeks.operator === operator && weeks.from * DAY_MINUTES < to && weeks.to * DAY_MINUTES > from,
    )

  it('are flown by an aircraft of the fleets while it is with its operator, between known airports', () => {
    for (const { icao24, departed, origin, destination } of flights) {
      const day = Math.floor(departed / DAY_MINUTES)
      const holder = aircraft.find(
        (each) => each.icao24 === icao24 && day >= each.from && (each.to === null || day <= each.to),
      )
      if (holder === undefined) throw new Error(`${icao24} on ${isoDate(day)}`)
      for (const code of [origin, destination]) if (code !== null && !codes.has(code)) throw new Error(code)
      if (hiddenBetween(holder.operator, departed, departed + 1)) throw new Error(`${icao24} was hidden`)
    }
  })

  it('follow one another: no two at once, each from where the last one ended', () => {
    let checked = 0
    for (let i = 1; i < flights.length; i++) {
      const [last, next] = [flights[i - 1], flights[i]]
      expect(next.arrived - next.departed).toBeGreaterThan(10)
      if (last.icao24 !== next.icao24) continue
      if (next.departed < last.arrived + 30) throw new Error(`${next.icao24} at ${next.departed}`)
      const operators = aircraft.filter(({ icao24 }) => icao24 === next.icao24)
      if (operators.some(({ operator }) => hiddenBetween(operator, last.departed, next.departed))) continue
      if (last.destination === null || next.origin === null) continue
      expect(next.origin).toBe(last.destination)
      checked++
    }
    expect(checked).toBeGreaterThan(0.85 * flights.length)
  })

  it('are known from the close of the day of the landing, or from the next when New York had closed', () => {
    const newYork = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      hour: 'numeric',
      hourCycle: 'h23',
      day: 'numeric',
    })
    let later = 0
    flights.forEach(({ arrived, knownAt }, i) => {
      const landed = Math.floor(arrived / DAY_MINUTES)
      if (knownAt !== landed && knownAt !== landed + 1) throw new Error(`flight ${i}`)
      if (knownAt !== landed) later++
      if (i % 7 !== 0) return
      const parts = newYork.formatToParts(arrived * 60_000)
      const hour = Number(parts.find(({ type }) => type === 'hour')!.value)
      const sameDay =
        Number(parts.find(({ type }) => type === 'day')!.value) === Number(isoDate(landed).slice(8))
      expect(knownAt === landed + 1, new Date(arrived * 60_000).toISOString()).toBe(sameDay && hour >= 16)
    })
    expect(later / flights.length).toBeGreaterThan(0.1)
  })

  it('leave some airports blank, and some weeks out', () => {
    const blank = flights.filter(({ destination }) => destination === null).length / flights.length
    expect(blank).toBeGreaterThan(0.005)
    expect(blank).toBeLessThan(0.05)
    const weeks = truth.hidden.reduce((sum, { from, to }) => sum + (to - from) / 7, 0)
    const share = weeks / (36 * 261)
    expect(share).toBeGreaterThan(0.01)
    expect(share).toBeLessThan(0.12)
  })

  it('show every visit that was made, unless the trackers were blind', () => {
    const landings = new Map<string, number>()
    const key = (visitor: number, airport: string | null, day: number) => `${visitor} ${airport} ${day}`
    for (const { icao24, departed, destination, arrived } of flights) {
      const day = Math.floor(departed / DAY_MINUTES)
      const { operator } = aircraft.find(
        (each) => each.icao24 === icao24 && day >= each.from && (each.to === null || day <= each.to),
      )!
      const at = key(operator, destination, Math.floor(arrived / DAY_MINUTES))
      landings.set(at, (landings.get(at) ?? 0) + 1)
    }
    const seen = truth.visits.filter(({ visitor, visited, day }) =>
      landings.has(key(visitor, COMPANIES[visited].hqAirport, market.dates[day])),
    )
    expect(seen.length / truth.visits.length).toBeGreaterThan(0.85)
    const headquarters = new Set(COMPANIES.map(({ hqAirport }) => hqAirport))
    const foreign = [...landings].filter(([at]) => {
      const [operator, airport] = at.split(' ')
      return headquarters.has(airport) && COMPANIES[Number(operator)].hqAirport !== airport
    })
    expect(foreign.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(truth.visits.length)
    expect(truth.visits.length / truth.visits.filter(({ deal }) => deal !== null).length).toBeCloseTo(4, 1)
  })

  it('are the same for the same seed, and for another they differ', () => {
    expect(drawFlights({ ...market, ...market.truth })).toEqual({ aircraft, flights, events, truth })
    expect(drawFlights(outlineMarket({ seed: 2, years: 1 })).flights[5]).not.toEqual(flights[5])
  })

  it('are as many at strength 0, between the same companies', () => {
    const none = drawFlights(outlineMarket({ seed: 1, strength: 0 }))
    const made = (visits: typeof truth.visits) =>
      visits.map(({ visitor, visited }) => visitor * 1000 + visited).toSorted((a, b) => a - b)
    expect(made(none.truth.visits)).toEqual(made(truth.visits))
    expect(Math.abs(none.flights.length / flights.length - 1)).toBeLessThan(0.01)
    expect(none.events).toEqual(events)
  })
})

describe('the events', () => {
  it('name both sides of every deal on the morning of the news', () => {
    for (const { target, acquirer, announced } of market.truth.deals) {
      const announcedOn = market.dates[announced]
      expect(events).toContainEqual({ company: target, announcedOn, kind: 'target', counterparty: acquirer })
      expect(events).toContainEqual({
        company: acquirer,
        announcedOn,
        kind: 'acquirer',
        counterparty: target,
      })
    }
    expect(events.filter(({ kind }) => kind === 'target')).toHaveLength(60)
  })

  it('bring results of every company each quarter, on trading days while it is listed', () => {
    const trading = new Set(market.dates)
    const last = market.companies.map(({ delistedOn }) => delistedOn ?? market.dates.at(-1)!)
    const days = new Map<number, number[]>()
    for (const { company, announcedOn, kind } of events) {
      expect(announcedOn).toBeLessThanOrEqual(last[company])
      expect(trading.has(announcedOn)).toBe(true)
      if (kind === 'earnings') days.set(company, [...(days.get(company) ?? []), announcedOn])
    }
    for (let company = 0; company < COMPANIES.length; company++) {
      const listed = (last[company] - market.dates[0]) / 365.25
      const reports = days.get(company) ?? []
      expect(Math.abs(reports.length - 4 * listed)).toBeLessThanOrEqual(2)
      for (let i = 1; i < reports.length; i++) expect(reports[i] - reports[i - 1]).toBeGreaterThan(75)
    }
  })
})
