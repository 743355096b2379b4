/** What the stub sources know. Times are epoch milliseconds. */
export interface StubWorld {
  now(): number
  aircraft: StubAircraft[]
  /** Credits that OpenSky has left for the day; each answer takes from them. */
  openSkyCredits: number
  /** Requests that GitHub has left for the hour; answers of 304 take none. */
  gitHubRequests: number
  client: { id: string; secret: string }
  /** Issues and pull requests, by repository (owner/name). */
  issues: Record<string, StubIssue[]>
  commits: Record<string, { sha: string; at: number }[]>
  releases: Record<string, { id: number; tag: string; at: number | null }[]>
  /** Downloads by package and day (2026-01-31); days after `npmCountedTo` are answered with 0, as npm does. */
  downloads: Record<string, Record<string, number>>
  npmCountedTo: string
  incidents: StubIncident[]
  /** Bodies by path, for tables and for files of incidents. */
  files: Record<string, string>
  /** Key that vendors want, in the query as `key` or in the header X-Api-Key; '' = none. */
  vendorKey: string
}

export interface StubAircraft {
  icao24: string
  callsign: string
  latitude: number | null
  longitude: number | null
  /** Metres. */
  altitude: number | null
  /** Metres a second. */
  speed: number | null
  onGround: boolean
  /** Seconds since the position was heard. */
  age: number
}

export interface StubIssue {
  number: number
  title: string
  body: string | null
  createdAt: number
  updatedAt: number
  closedAt: number | null
  isPull: boolean
}

export interface StubIncident {
  id: string
  name: string
  impact: string
  startedAt: number
  updatedAt: number
  resolvedAt: number | null
}

const hour = 3_600_000
const day = 24 * hour

/** A small world around a moment: five aircraft, a repository, a package, two incidents, tables of two shares. */
export function stubWorld(now: () => number = Date.now): StubWorld {
  const at = now()
  return {
    now,
    aircraft: [
      {
        icao24: '4b1f2f',
        callsign: 'HBLVB',
        latitude: 46.9,
        longitude: 7.5,
        altitude: 3500,
        speed: 110,
        onGround: false,
        age: 1,
      },
      {
        icao24: 'a2fcf2',
        callsign: 'N292AK',
        latitude: 47.35,
        longitude: 8.55,
        altitude: 10_668,
        speed: 230,
        onGround: false,
        age: 2,
      },
      {
        icao24: 'a0b1c2',
        callsign: 'N100GX',
        latitude: 46.24,
        longitude: 6.11,
        altitude: null,
        speed: 5,
        onGround: true,
        age: 4,
      },
      {
        icao24: '3c6444',
        callsign: 'DLH9LF',
        latitude: null,
        longitude: null,
        altitude: 11_200,
        speed: 240,
        onGround: false,
        age: 9,
      },
      {
        icao24: '~2a0f01',
        callsign: '',
        latitude: 47.0,
        longitude: 7.9,
        altitude: 900,
        speed: 40,
        onGround: false,
        age: 3,
      },
    ],
    openSkyCredits: 400,
    gitHubRequests: 60,
    client: { id: 'client-of-a-test', secret: 'secret-of-a-test' },
    issues: {
      'acme/engine': [
        issue(1, 'Crash on start', at - 9 * day, { closedAt: at - 2 * day, updatedAt: at - 2 * day }),
        issue(2, 'Add a dark theme', at - 5 * day),
        issue(3, 'Fix the crash on start', at - 4 * day, { isPull: true, closedAt: at - 2 * day }),
        issue(4, 'Slow with many rows', at - 3 * hour),
      ],
    },
    commits: {
      'acme/engine': [
        { sha: '1f3a', at: at - 6 * day },
        { sha: '2b4c', at: at - 2 * day },
        { sha: '3c5d', at: at - 2 * hour },
      ],
    },
    releases: { 'acme/engine': [{ id: 11, tag: 'v1.4.0', at: at - 2 * day }] },
    downloads: {
      'acme-engine': daysBack(at, 30, (back) => 1000 + 10 * back),
      '@acme/engine': daysBack(at, 30, () => 50),
    },
    npmCountedTo: isoDay(at - 2 * day),
    incidents: [
      {
        id: 'p31zjtct2jer',
        name: 'Errors from the API',
        impact: 'major',
        startedAt: at - 2 * hour,
        updatedAt: at - hour,
        resolvedAt: null,
      },
      {
        id: '5jfkz8q1mlql',
        name: 'Incident with <b>Actions</b> &amp; Pages',
        impact: 'minor',
        startedAt: at - 3 * day,
        updatedAt: at - 3 * day + hour,
        resolvedAt: at - 3 * day + hour,
      },
    ],
    files: {
      '/prices/ACME.csv': pricesOf(at, 100),
      '/prices/WIDG.csv': pricesOf(at, 40),
    },
    vendorKey: '',
  }
}

export function issue(
  number: number,
  title: string,
  createdAt: number,
  rest: Partial<StubIssue> = {},
): StubIssue {
  return {
    number,
    title,
    body: `Steps:\n1. open "${title}", then wait`,
    createdAt,
    updatedAt: createdAt,
    closedAt: null,
    isPull: false,
    ...rest,
  }
}

export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function daysBack(at: number, days: number, count: (back: number) => number): Record<string, number> {
  const downloads: Record<string, number> = {}
  for (let back = days; back >= 1; back--) downloads[isoDay(at - back * day)] = count(back)
  return downloads
}

/** The last ten days and today. */
function pricesOf(at: number, price: number): string {
  const lines = ['Date,Open,High,Low,Close,Volume']
  for (let back = 10; back >= 0; back--) {
    const close = price + (10 - back) / 2
    lines.push(
      `${isoDay(at - back * day)},${close - 0.5},${close + 1},${close - 1},${close},${1_000_000 + back}`,
    )
  }
  return lines.join('\n') + '\n'
}
