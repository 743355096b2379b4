import { sharedText, sharedPath } from '../unit/shared.ts'
import { fileAt, openService } from '../unit/data/openService.ts'
import { reportsOf, seenEnds, type MadeLeg } from '../unit/data/staging/airportRate.ts'
import { flownTracks, type FlownLeg } from '../unit/data/staging/flownTracks.ts'
import { importPositions } from '../unit/data/staging/importPositions.ts'
import { realAirports } from '../unit/data/staging/realAirports.ts'
import { markdownTable } from './markdownTable.ts'

/**
 * `npx tsx tests/tools/stateVectorTable.ts`: what position reports become, and whether legs that were seen
 * near an airport got it. The real file, then aircraft flown between the same airports, whose truth is known.
 */
const airports = realAirports()
const opened = await openService()
const rows: string[][] = []
const misses: string[] = []
const titles = [
  'file',
  'reports',
  'legs',
  'ends seen low',
  'got that airport',
  'it was the true one',
  'minutes off: median',
  '95 %',
]

function add(name: string, csv: string, legs: MadeLeg[], flown: FlownLeg[]): void {
  const reports = reportsOf(csv)
  const count = [...reports.values()].reduce((sum, list) => sum + list.length, 0)
  const ends = seenEnds(reports, legs, airports)
  const right = ends.filter(({ wanted, got }) => wanted === got)
  const known = ends.flatMap(({ leg, end, got }) => {
    const truth = flown.find(
      (f) => f.icao24 === leg.icao24 && f.tookOff < leg.arrived && leg.departed < f.landed,
    )
    if (!truth) return []
    const off =
      Math.abs(end === 'origin' ? leg.departed - truth.tookOff : leg.arrived - truth.landed) / 60_000
    return [{ off, right: got === (end === 'origin' ? truth.from : truth.to).code }]
  })
  const offs = known.map(({ off }) => off).sort((a, b) => a - b)
  const share = (n: number, of: number) => (of === 0 ? '–' : `${n} (${((100 * n) / of).toFixed(1)} %)`)
  const quantile = (q: number) =>
    offs.length === 0 ? '–' : offs[Math.floor(q * (offs.length - 1))].toFixed(1)
  rows.push([
    name,
    String(count),
    String(legs.length) + (flown.length > 0 ? ` of ${flown.length}` : ''),
    `${ends.length} of ${2 * legs.length}`,
    share(right.length, ends.length),
    share(known.filter(({ right }) => right).length, known.length),
    quantile(0.5),
    quantile(0.95),
  ])
  for (const { leg, end, wanted, got } of ends) {
    if (wanted === got) continue
    misses.push(
      `- ${name}: ${leg.icao24} ${new Date(leg.departed).toISOString()}: ${end} ${got || 'none'}, seen low at ${wanted}`,
    )
  }
}

const real = 'switzerland_bizjet_points.csv'
add(
  real,
  sharedText('realdata', 'flights', real),
  await importPositions(opened, await fileAt(sharedPath('realdata', 'flights', real))),
  [],
)
for (const tellsGround of [true, false]) {
  const { csv, legs } = flownTracks(airports, 7, { aircraft: 80, legsEach: 8, tellsGround })
  add(
    tellsGround ? 'flown, the file tells the ground' : 'flown, it does not',
    csv,
    await importPositions(opened, new File([csv], 'flown.csv')),
    legs,
  )
}
await opened.close()
console.log(markdownTable(titles, rows))
console.log(misses.length === 0 ? '\nNo miss.' : `\nMisses:\n${misses.join('\n')}`)
process.exit(0)
