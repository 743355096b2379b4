import type { FlightProblem, FlightTables } from '../../quant/flightTables.ts'
import { mostExamples, plural } from '../quality/findings.ts'

const minutesPerDay = 1440

/** Legs that belong to no company on the day they depart, and companies to which none belongs. */
export function nobodysLegs({
  tails,
  companies,
  ownership,
  flights,
}: Pick<FlightTables, 'tails' | 'companies' | 'ownership' | 'flights'>): FlightProblem[] {
  const flown = new Uint8Array(companies.symbol.length)
  const unowned = new Int32Array(tails.icao24.length)
  let count = 0
  let range = 0
  const ranges = ownership.tail.length
  for (let i = 0; i < flights.tail.length; i++) {
    const tail = flights.tail[i]
    const day = Math.floor(flights.departed[i] / minutesPerDay)
    // Both are by tail, then day: neither pointer ever goes back.
    while (
      range < ranges &&
      (ownership.tail[range] < tail || (ownership.tail[range] === tail && ownership.to[range] < day))
    )
      range++
    if (range < ranges && ownership.tail[range] === tail && ownership.from[range] <= day) {
      flown[ownership.company[range]] = 1
    } else {
      unowned[tail]++
      count++
    }
  }
  const problems: FlightProblem[] = []
  if (count > 0) {
    const some = Array.from(unowned.keys())
      .filter((tail) => unowned[tail] > 0)
      .sort((a, b) => unowned[b] - unowned[a] || a - b)
    problems.push({
      kind: 'nobody-s-leg',
      count,
      text:
        `${plural(count, 'leg is', 'legs are')} flown by ${plural(some.length, 'aircraft', 'aircraft')} that no ` +
        'company is known to have operated on the day: drawn on the map, and no part of any signal.',
      examples: some
        .slice(0, mostExamples)
        .map((tail) => `${tails.registration[tail] || tails.icao24[tail]}: ${plural(unowned[tail], 'leg')}`),
    })
  }
  const idle = [...new Set(ownership.company)].sort((a, b) => a - b).filter((company) => flown[company] === 0)
  if (idle.length > 0) {
    problems.push({
      kind: 'no-flights',
      count: idle.length,
      text:
        `${plural(idle.length, 'company has', 'companies have')} aircraft of which no leg is loaded: nothing can ` +
        'be said about where they go.',
      examples: idle.slice(0, mostExamples).map((company) => companies.symbol[company]),
    })
  }
  return problems
}
