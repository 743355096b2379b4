import { describe, expect, it } from 'vitest'
import { coLocations } from '../../../../workers/backtest/jet/coLocation.ts'
import { flightWorkOf } from '../../../../workers/backtest/jet/flightWork.ts'
import { flightMap } from '../../../../workers/backtest/jet/map.ts'
import { visitMatrix } from '../../../../workers/backtest/jet/visitMatrix.ts'
import { companyYear } from '../../../../workers/backtest/jet/year.ts'
import { day, tinyFlights, type Announcement, type Leg } from './tinyFlights.ts'

const work = (legs: Leg[], announcements?: Announcement[]) => flightWorkOf(tinyFlights(legs, announcements))

/** Alpha's jet spends two nights at Beta's headquarters; Gamma's passes through a day later. */
const visit: Leg[] = [
  'A-JET AAA→BBB 2024-03-04T14:00 2024-03-04T16:30',
  'A-JET BBB→AAA 2024-03-06T18:00 2024-03-06T20:30',
  'G-JET CCC→BBB 2024-03-05T15:00 2024-03-05T17:00',
  'G-JET BBB→CCC 2024-03-05T20:00 2024-03-05T22:00',
]

function valueOf<T>(outcome: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

describe('the map', () => {
  it('has the legs of all aircraft in the order in which they departed', () => {
    const { legs, from, to } = flightMap(work(visit), true)
    expect([...legs.departed]).toEqual([...legs.departed].sort((a, b) => a - b))
    expect([...legs.company]).toEqual([0, 2, 2, 0])
    expect([...legs.destination]).toEqual([1, 1, 2, 0])
    expect([from, to]).toEqual([day('2024-03-04'), day('2024-03-06')])
  })

  it('of no flights at all is empty and not an error', () => {
    expect(flightMap(work([]), false)).toMatchObject({ from: 0, to: 0, simulated: false })
  })
})

describe('a company’s year', () => {
  it('counts legs by day and marks the nights at the headquarters of another', () => {
    const year = valueOf(companyYear(work(visit), 'ALPHA', 2024))
    expect(year.legs).toHaveLength(366)
    const at = (iso: string) => day(iso) - day('2024-01-01')
    expect(year.legs[at('2024-03-04')]).toBe(1)
    expect(year.legs.reduce((sum, legs) => sum + legs)).toBe(2)
    const nights = [...year.visited.keys()].filter((i) => year.visited[i] === 1)
    expect(nights).toEqual([at('2024-03-04'), at('2024-03-05')])
  })

  it('knows no night where the aircraft left on the day it came', () => {
    expect(new Set(valueOf(companyYear(work(visit), 'GAMMA', 2024)).visited)).toEqual(new Set([-1]))
  })

  it('has the announcements of that company in that year', () => {
    const announcements: Announcement[] = [
      ['ALPHA', '2023-12-31', 'earnings'],
      ['ALPHA', '2024-04-02', 'acquirer', 'BETA'],
      ['BETA', '2024-04-02', 'target', 'ALPHA'],
    ]
    const { events } = valueOf(companyYear(work(visit, announcements), 'ALPHA', 2024))
    expect(events).toEqual([{ day: day('2024-04-02'), kind: 'acquirer', counterparty: 'BETA' }])
  })

  it('shows −1 in a week that hides a company which usually flies', () => {
    // Ten weeks with four legs each, a silent one, and one more so that the silence is inside the data.
    const legs = [...Array(10).keys(), 11].flatMap((week) =>
      [0, 1, 2, 3].map((leg) => {
        const date = new Date(Date.UTC(2024, 0, 1 + 7 * week + leg)).toISOString().slice(0, 10)
        return `A-JET ${leg % 2 ? 'DDD→AAA' : 'AAA→DDD'} ${date}T10:00 ${date}T12:00`
      }),
    )
    const year = valueOf(companyYear(work(legs), 'ALPHA', 2024))
    const hidden = [...year.legs.keys()].filter((i) => year.legs[i] < 0)
    expect(hidden).toEqual([70, 71, 72, 73, 74, 75, 76])
  })

  it('of a company that nobody knows is refused in a sentence', () => {
    expect(companyYear(work(visit), 'NOPE', 2024)).toMatchObject({
      ok: false,
      message: 'No company “NOPE” is among those loaded.',
    })
  })
})

describe('two companies at one airport', () => {
  it('are found within 48 hours, whoever came first', () => {
    const [meeting, ...rest] = valueOf(coLocations(work(visit), 'GAMMA', 'ALPHA', 10))
    expect(rest).toEqual([])
    expect(meeting).toMatchObject({
      airport: 'BBB',
      apart: 24.5,
      at: Date.parse('2024-03-05T17:00Z') / 60_000,
      first: { symbol: 'GAMMA', registration: 'G-JET' },
      second: { symbol: 'ALPHA', registration: 'A-JET' },
      headquartersOf: 'BETA',
    })
  })

  it('are not together 48 hours and a minute apart', () => {
    const late = (arrived: string): Leg[] => [
      'A-JET AAA→DDD 2024-03-01T08:00 2024-03-01T10:00',
      `B-JET BBB→DDD 2024-03-03T08:00 ${arrived}`,
    ]
    const found = (arrived: string) => valueOf(coLocations(work(late(arrived)), 'ALPHA', 'BETA', 10))
    expect(found('2024-03-03T10:00')).toHaveLength(1)
    expect(found('2024-03-03T10:01')).toHaveLength(0)
  })

  it('are the newest first, and as many as were asked for', () => {
    const legs = [1, 8, 15].flatMap((of) => {
      const date = `2024-03-${String(of).padStart(2, '0')}`
      return [`A-JET AAA→DDD ${date}T08:00 ${date}T10:00`, `B-JET BBB→DDD ${date}T09:00 ${date}T11:00`]
    })
    const meetings = valueOf(coLocations(work(legs), 'ALPHA', 'BETA', 2))
    expect(meetings.map(({ at }) => new Date(at * 60_000).getUTCDate())).toEqual([15, 8])
  })

  it('agrees with comparing every landing with every other', () => {
    let seed = 7
    const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    const legs = Array.from({ length: 300 }, () => {
      const from = Date.UTC(2024, 0, 1) + below(90 * 24) * 3_600_000
      const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)
      const tail = ['A-JET', 'B-JET'][below(2)]
      return `${tail} ?→${['AAA', 'BBB', 'CCC', 'DDD'][below(4)]} ${iso(from)} ${iso(from + 7_200_000)}`
    })
    const tables = tinyFlights(legs)
    const { tail, arrived, destination } = tables.flights
    let expected = 0
    for (let a = 0; a < tail.length; a++)
      for (let b = 0; b < tail.length; b++)
        if (tail[a] === 0 && tail[b] === 1 && destination[a] === destination[b])
          if (Math.abs(arrived[a] - arrived[b]) <= 48 * 60) expected++
    expect(expected).toBeGreaterThan(100)
    expect(valueOf(coLocations(flightWorkOf(tables), 'ALPHA', 'BETA', 1e6))).toHaveLength(expected)
  })

  it('must be two', () => {
    expect(coLocations(work(visit), 'ALPHA', 'ALPHA', 10)).toMatchObject({ ok: false, code: 'same-company' })
  })
})

describe('who visited whose headquarters', () => {
  const announcements: Announcement[] = [
    ['BETA', '2024-05-02', 'target', 'ALPHA'],
    ['GAMMA', '2024-03-05', 'earnings'],
  ]

  it('counts landings, leaves out who has none, and marks announced deals', () => {
    const matrix = visitMatrix(work(visit, announcements), null, null)
    expect(matrix.visitors).toEqual(['ALPHA', 'GAMMA'])
    expect(matrix.visited).toEqual(['BETA'])
    expect([...matrix.visits]).toEqual([1, 1])
    expect([...matrix.dealOn]).toEqual([day('2024-05-02'), 0])
  })

  it('sees only the days asked for', () => {
    const matrix = visitMatrix(work(visit, announcements), day('2024-03-05'), day('2024-03-31'))
    expect(matrix.visitors).toEqual(['GAMMA'])
    expect([...matrix.dealOn]).toEqual([0])
  })

  it('does not call coming home a visit', () => {
    const home = ['A-JET AAA→DDD 2024-03-04T14:00 2024-03-04T16:30', 'A-JET DDD→AAA 2024-03-05T14:00 ?']
    expect(visitMatrix(work(home), null, null).visits).toHaveLength(0)
  })

  it('takes the airport that a leg does not tell from where the next one began', () => {
    const untold = ['A-JET AAA→? 2024-03-04T14:00 ?', 'A-JET BBB→AAA 2024-03-05T14:00 2024-03-05T16:00']
    expect(visitMatrix(work(untold), null, null).visited).toEqual(['BETA'])
  })
})
