import type { Company } from '../companies.ts'
import type { Random } from '../random.ts'
import { AIRCRAFT_TYPES, type AircraftType } from './aircraftTypes.ts'
import { ownerName } from './owners.ts'

/** One aircraft in the hands of one operator for some time. */
export interface Assignment {
  /** Six hexadecimal digits from a block that is given to no state. */
  icao24: string
  registration: string
  type: AircraftType
  /** Index of a company. */
  operator: number
  /** As a registry has it: the company under one of its names, or somebody who holds it for the company. */
  owner: string
  /** Epoch days, both included; null while it lasts. */
  from: number
  to: number | null
  /** Operator from whom it came with this assignment. */
  boughtFrom?: number
}

/** Fleets of one to four aircraft. */
const FLEET_SIZES = [0.25, 0.4, 0.22, 0.13]
const MOST_AIRCRAFT = FLEET_SIZES.length
/** Share of the aircraft that are replaced by a new one, and of those but the last sold to another operator. */
const SHARE_REPLACED = 0.12
const SHARE_SOLD = 0.16

/** First address of the block D00000–DFFFFF, which the ICAO keeps for later, that is used here. */
const FIRST_ADDRESS = 0xd40000

/** @param firstDay, lastDay epoch days of the market */
export function drawFleets(
  companies: readonly Company[],
  firstDay: number,
  lastDay: number,
  random: Random,
): Assignment[] {
  const operators = [...companies.keys()].filter((i) => companies[i].role === 'operator')
  const tails = drawTails(random)
  const fleets: Assignment[] = []
  /** Aircraft that an operator may ever hold at once. */
  const size = new Map<number, number>()
  const start = (operator: number, from: number): Assignment => ({
    ...tails(),
    type: AIRCRAFT_TYPES[random.below(AIRCRAFT_TYPES.length)],
    operator,
    owner: ownerName(companies[operator].name, random),
    from,
    to: null,
  })
  const lasting = new Set<Assignment>()
  for (const operator of operators) {
    const count = drawSize(random)
    size.set(operator, count)
    for (let i = 0; i < count; i++) fleets.push(start(operator, firstDay - 200 - random.below(2500)))
    // Nobody sells the last one.
    lasting.add(fleets.at(-1)!)
  }
  for (const aircraft of fleets.slice()) {
    const changes = random.uniform()
    const day = firstDay + 150 + random.below(lastDay - firstDay - 300)
    if (changes < SHARE_REPLACED) {
      aircraft.to = day
      fleets.push(start(aircraft.operator, day + 1))
    } else if (changes < SHARE_REPLACED + SHARE_SOLD && !lasting.has(aircraft)) {
      const buyer = operators[random.below(operators.length)]
      if (buyer === aircraft.operator || size.get(buyer)! === MOST_AIRCRAFT) continue
      size.set(buyer, size.get(buyer)! + 1)
      aircraft.to = day
      fleets.push({
        ...aircraft,
        operator: buyer,
        owner: ownerName(companies[buyer].name, random),
        from: day + 1,
        to: null,
        boughtFrom: aircraft.operator,
      })
    }
  }
  return fleets.sort((a, b) => (a.icao24 < b.icao24 ? -1 : a.icao24 > b.icao24 ? 1 : a.from - b.from))
}

function drawSize(random: Random): number {
  let rest = random.uniform()
  let size = 1
  while (size < FLEET_SIZES.length && rest >= FLEET_SIZES[size - 1]) rest -= FLEET_SIZES[size++ - 1]
  return size
}

/** Addresses and registrations, none twice. No nationality mark begins with Q. */
function drawTails(random: Random): () => { icao24: string; registration: string } {
  let address = FIRST_ADDRESS
  const used = new Set<string>()
  const letter = () => String.fromCharCode(65 + random.below(26))
  return () => {
    address += 1 + random.below(2000)
    let registration: string
    do registration = `QX-${letter()}${letter()}${letter()}`
    while (used.has(registration))
    used.add(registration)
    return { icao24: address.toString(16), registration }
  }
}
