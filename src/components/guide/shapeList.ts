import type { TableName } from '../../../workers/data/api.ts'

/** Files that are recognised by their makers, besides any file whose columns have the names of the table. */
export const shapeList: Record<TableName, string[]> = {
  prices: [
    'Yahoo: dates may carry a time and an offset, which never shifts the day; with Adj Close all prices are adjusted by it; a Stock Splits column is left alone, because those prices are adjusted already.',
    'Stooq and Nasdaq: by their headers, Close/Last, dollar signs and dates with the month first included.',
    'LEAN: no header, 20150102 00:00, whole numbers that are prices × 10,000. Its factor files adjust the prices of the same symbol.',
  ],
  options: [
    'Chains with one quote per row, as Yahoo and optionsDX give them; strikes × 1,000 are scaled back.',
    'Calls and puts side by side: each row becomes two quotes.',
    'LEAN universes, whose second line is the underlying.',
    'Without a column of quote dates the day is taken from the name of the file, or typed for the whole file.',
  ],
  fundamentals: ['One figure per row: symbol, end of the period, name and value.'],
  news: ['Headlines with a time; a mood as a number or as a word.'],
  events: [
    'Lists of acquisitions, one per row; the day may stand in three columns, and months may have names.',
    'A date known to the month or the year only is read as its last day and marked so.',
  ],
  companies: ['Lists of symbols with names; sector and nearest airport where there are any.'],
  ticker_changes: ['LEAN map files.'],
  tickets: [
    'GitHub issues and pull requests, CSV or JSON, one row per ticket with title or text: counted per day and mood.',
    'Daily counts as they are.',
  ],
  adoption: [
    'npm and PyPI download counts; a category named null is a category.',
    'Downloads by version, nested in JSON: versions are added up by day.',
  ],
  incidents: [
    'Statuspage incidents and status changes, CSV or JSON lines.',
    'Status files of AWS and Google Cloud.',
  ],
  flights: [
    'OpenSky flight lists, CSV and the JSON of its API.',
    'ADS-B state vectors: position reports are joined into flights, and the nearest of the imported airports is taken.',
  ],
  aircraft: [
    'Registries of owners: FAA, plane-alert-db, Virtual Radar Server, tar1090. Lost leading zeros of an address are put back.',
  ],
  airports: ['OpenFlights (no header, \\N for nothing) and OurAirports.'],
  aircraft_types: ['The list of ICAO types as JSON, keyed by type.'],
  signals: ['One row for each decision, taken with what was known at the close of its day.'],
}
