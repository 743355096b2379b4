import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { AIRCRAFT_TYPES } from '../../datasets/flights/aircraftTypes.ts'

/**
 * Writes the example files that people download: of each table a part of the simulated market that fits the others,
 * small enough to be read by eye. Run after `npm run datasets`, when a format has changed: `npm run examples`.
 */
const root = join(import.meta.dirname, '..', '..', 'public')
const target = join(root, 'examples')
const benchmark = 'QQQ'
/** Both fly, have customers that are watched, and options. */
const companies = ['QRVN', 'BFYB']
const symbols = [...companies, benchmark]

/** The lines of a table of the simulated market, its header first. No cell before the third holds a comma. */
function linesOf(file: string): string[] {
  const bytes = readFileSync(join(root, 'datasets', 'simulated', file))
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trimEnd().split('\n')
}

function part(file: string, keep: (cells: string[]) => boolean): string[] {
  const [header, ...rows] = linesOf(file)
  return [header, ...rows.filter((row) => keep(row.split(',')))]
}

const of =
  (wanted: string[], from: string, to = '2025') =>
  ([subject, time]: string[]): boolean =>
    wanted.includes(subject) && time >= from && time < to

const aircraft = part('aircraft.csv', ([, , symbol]) => companies.includes(symbol))
const tails = aircraft.slice(1).map((row) => row.split(',')[0])
const prices = part('prices.csv.gz', of(symbols, '2023'))

/** The first close of every month: buy, and hold for fifteen bars. */
const signals = ['symbol,date,direction,conviction,horizon']
for (const symbol of companies) {
  const days = prices.flatMap((row) => (row.startsWith(`${symbol},`) ? [row.split(',')[1]] : []))
  const firsts = days.filter((day, i) => i > 0 && day.slice(0, 7) !== days[i - 1].slice(0, 7))
  signals.push(...firsts.map((day, i) => `${symbol},${day},1,${['0.6', '0.8', '1'][i % 3]},15`))
}

const examples: Record<string, string[]> = {
  prices,
  companies: part('companies.csv', ([symbol]) => symbols.includes(symbol)),
  airports: linesOf('airports.csv'),
  aircraft,
  flights: part('flights.csv.gz', of(tails, '2024-07')),
  events: part('events.csv', of(companies, '2023')),
  tickets: part('tickets.csv.gz', of(companies, '2024')),
  adoption: part('adoption.csv.gz', of(companies, '2024')),
  incidents: part('incidents.csv', of(companies, '2023')),
  options: part('options.csv.gz', of(symbols, '2024-06-05', '2024-06-06')),
  fundamentals: part('fundamentals.csv.gz', of(companies, '2023')),
  news: part('news.csv.gz', of(companies, '2023')),
  signals,
  aircraft_types: [
    'type,description,wake',
    ...AIRCRAFT_TYPES.map(({ designator }) => `${designator},${designator === 'FA7X' ? 'L3J' : 'L2J'},M`),
  ],
  ticker_changes: [
    'symbol,until,ticker,exchange',
    'QRVN,2021-06-30,QRV,N',
    'QRVN,2050-12-31,QRVN,N',
    'BFYB,2050-12-31,BFYB,N',
  ],
}

mkdirSync(target, { recursive: true })
for (const [kind, lines] of Object.entries(examples)) {
  writeFileSync(join(target, `simulated-${kind}.csv`), lines.join('\n') + '\n')
  console.log(`${kind}: ${lines.length - 1} rows`)
}
