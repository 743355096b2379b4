import type { StubMode, StubRequest } from '../stubServer.ts'
import type { StubAircraft, StubIncident, StubIssue, StubWorld } from './stubWorld.ts'

export interface StubAnswer {
  status: number
  type: string
  headers: Record<string, string>
  body: string
}

/** What the source with this path says. */
export function answerOf(request: StubRequest, world: StubWorld, mode: StubMode): StubAnswer {
  const { path } = request
  const now = world.now() + (mode === 'ahead' ? 600_000 : mode === 'behind' ? -600_000 : 0)
  if (path in world.files) return fileOf(request, world)
  if (path === '/api/states/all') return openSky(request, world, mode, now)
  if (path.endsWith('/openid-connect/token')) return token(request, world)
  if (path.endsWith('/aircraft.json')) return receiver(world, mode, now)
  if (path.startsWith('/v2/') || path.startsWith('/api/v2/hex') || path.startsWith('/api/v2/lat')) {
    return network(world, mode, now)
  }
  if (path.startsWith('/repos/')) return gitHub(request, world, mode)
  if (path.startsWith('/downloads/range/')) return npm(path, world)
  if (path === '/api/v2/incidents.json' || path === '/api/v2/summary.json') {
    return statusPage(request, world, mode, path.endsWith('summary.json'))
  }
  return json({ message: 'Not Found' }, {}, 404)
}

function json(value: unknown, headers: Record<string, string> = {}, status = 200): StubAnswer {
  return { status, type: 'application/json; charset=utf-8', headers, body: JSON.stringify(value) }
}

/** With an ETag of what is in it; 304 where that is known. */
function tagged(request: StubRequest, answer: StubAnswer): StubAnswer {
  let sum = 0
  for (let i = 0; i < answer.body.length; i++) sum = (sum * 31 + answer.body.charCodeAt(i)) | 0
  const tag = `W/"${(sum >>> 0).toString(16)}"`
  const headers = { ...answer.headers, ETag: tag }
  if (request.headers['if-none-match'] === tag) return { ...answer, status: 304, headers, body: '' }
  return { ...answer, headers }
}

function disturbed<T>(rows: T[], mode: StubMode): T[] {
  if (mode === 'duplicates') return rows.flatMap((row) => [row, row])
  // Every second row, backwards, before the others.
  if (mode === 'shuffled')
    return [...rows.filter((_, i) => i % 2).reverse(), ...rows.filter((_, i) => !(i % 2))]
  return rows
}

const iso = (at: number) =>
  new Date(at)
    .toISOString()
    .replace('.000Z', 'Z')
    .replace(/\.\d+Z/, 'Z')

/** https://openskynetwork.github.io/opensky-api/rest.html: 17 fields a row, 18 with `extended`. */
function openSky(request: StubRequest, world: StubWorld, mode: StubMode, now: number): StubAnswer {
  const { query } = request
  const authorised = request.headers.authorization
  if (authorised !== undefined && authorised !== `Bearer token-for-${world.client.id}`) {
    return json({ message: 'Unauthorized' }, {}, 401)
  }
  const box = ['lamin', 'lomin', 'lamax', 'lomax'].map((name) => query.get(name))
  const [south, west, north, east] = box.map(Number)
  const area = box.includes(null) ? Infinity : (north - south) * (east - west)
  const cost = area <= 25 ? 1 : area <= 100 ? 2 : area <= 400 ? 3 : 4
  if (world.openSkyCredits < cost) {
    return json({ message: 'Too many requests' }, { 'X-Rate-Limit-Retry-After-Seconds': '3600' }, 429)
  }
  world.openSkyCredits -= cost
  const wanted = query.getAll('icao24')
  const states = world.aircraft
    .filter(({ icao24 }) => !icao24.startsWith('~') && (wanted.length === 0 || wanted.includes(icao24)))
    .filter(
      ({ latitude, longitude }) =>
        area === Infinity ||
        latitude === null ||
        longitude === null ||
        (latitude >= south && latitude <= north && longitude >= west && longitude <= east),
    )
    .map((one) => stateVector(one, now, query.get('extended') === '1'))
  return json(
    { time: Math.floor(now / 1000), states: states.length ? disturbed(states, mode) : null },
    { 'X-Rate-Limit-Remaining': String(world.openSkyCredits) },
  )
}

function stateVector(one: StubAircraft, now: number, extended: boolean): unknown[] {
  const seen = Math.floor(now / 1000 - one.age)
  const row = [
    one.icao24,
    one.callsign.padEnd(8),
    'Switzerland',
    one.latitude === null ? null : seen,
    seen,
    one.longitude,
    one.latitude,
    one.onGround ? null : one.altitude,
    one.onGround,
    one.speed,
    91.4,
    one.onGround ? null : -0.33,
    null,
    one.altitude === null ? null : one.altitude + 60,
    '1000',
    false,
    0,
  ]
  return extended ? [...row, 4] : row
}

function token(request: StubRequest, world: StubWorld): StubAnswer {
  const form = new URLSearchParams(request.body)
  const known =
    form.get('grant_type') === 'client_credentials' &&
    form.get('client_id') === world.client.id &&
    form.get('client_secret') === world.client.secret
  if (request.method !== 'POST' || !known) return json({ error: 'unauthorized_client' }, {}, 401)
  return json({ access_token: `token-for-${world.client.id}`, expires_in: 1800, token_type: 'Bearer' })
}

/** https://github.com/wiedehopf/readsb/blob/dev/README-json.md: feet, knots, seconds. */
function readsbAircraft(one: StubAircraft): Record<string, unknown> {
  return {
    hex: one.icao24,
    type: one.icao24.startsWith('~') ? 'tisb_other' : 'adsb_icao',
    flight: one.callsign.padEnd(8),
    ...(one.onGround
      ? { alt_baro: 'ground' }
      : one.altitude !== null && { alt_baro: Math.round(one.altitude / 0.3048) }),
    ...(one.speed !== null && { gs: Math.round((one.speed / 0.514444) * 10) / 10 }),
    track: 44.2,
    ...(one.latitude !== null && {
      lat: one.latitude,
      lon: one.longitude,
      nic: 8,
      rc: 186,
      seen_pos: one.age,
    }),
    mlat: [],
    tisb: [],
    messages: 2561,
    seen: Math.min(one.age, 0.4),
    rssi: -6.4,
  }
}

function receiver(world: StubWorld, mode: StubMode, now: number): StubAnswer {
  return json({
    now: now / 1000,
    messages: 1_234_567,
    aircraft: disturbed(world.aircraft.map(readsbAircraft), mode),
  })
}

function network(world: StubWorld, mode: StubMode, now: number): StubAnswer {
  const ac = disturbed(world.aircraft.map(readsbAircraft), mode)
  return json({ ac, msg: 'No error', now, total: ac.length, ctime: now, ptime: 0 })
}

/** https://docs.github.com/rest: pages with Link, oldest first where `direction=asc`, pull requests among the issues. */
function gitHub(request: StubRequest, world: StubWorld, mode: StubMode): StubAnswer {
  const [, , owner, name, what] = request.path.split('/')
  const repo = `${owner}/${name}`
  if (!(repo in world.issues)) return json({ message: 'Not Found' }, {}, 404)
  const reset = { 'X-RateLimit-Reset': String(Math.ceil(world.now() / 1000) + 3600) }
  if (world.gitHubRequests <= 0) {
    return json({ message: 'API rate limit exceeded' }, { ...reset, 'X-RateLimit-Remaining': '0' }, 403)
  }
  const since = Date.parse(request.query.get('since') ?? '1970-01-01T00:00:00Z')
  // Times have whole seconds, and so has the comparison.
  const from = (at: number) => Math.floor(at / 1000) * 1000 >= since
  let rows: unknown[]
  if (what === 'issues') {
    rows = world.issues[repo]
      .filter(({ updatedAt }) => from(updatedAt))
      .sort((a, b) => a.updatedAt - b.updatedAt || a.number - b.number)
      .map((one) => issueOf(repo, one))
    if (request.query.get('direction') !== 'asc') rows.reverse()
  } else if (what === 'commits') {
    rows = (world.commits[repo] ?? [])
      .filter(({ at }) => from(at))
      .sort((a, b) => b.at - a.at)
      .map(({ sha, at }) => commitOf(sha, at))
  } else {
    rows = (world.releases[repo] ?? [])
      .slice()
      .sort((a, b) => (b.at ?? Infinity) - (a.at ?? Infinity))
      .map(({ id, tag, at }) => ({
        id,
        tag_name: tag,
        name: tag,
        draft: at === null,
        prerelease: false,
        created_at: iso(at ?? 0),
        published_at: at === null ? null : iso(at),
      }))
  }
  const size = Number(request.query.get('per_page') ?? 30)
  const page = Number(request.query.get('page') ?? 1)
  const part = rows.slice((page - 1) * size, page * size)
  const next = new URL(request.url)
  next.searchParams.set('page', String(page + 1))
  const link = page * size < rows.length ? { Link: `<${next.href}>; rel="next"` } : undefined
  const answer = tagged(request, json(disturbed(part, mode), { ...link, ...reset }))
  if (answer.status !== 304) world.gitHubRequests--
  return { ...answer, headers: { ...answer.headers, 'X-RateLimit-Remaining': String(world.gitHubRequests) } }
}

function issueOf(repo: string, one: StubIssue): unknown {
  return {
    id: 3_000_000_000 + one.number,
    number: one.number,
    state: one.closedAt === null ? 'open' : 'closed',
    title: one.title,
    body: one.body,
    user: { login: 'someone' },
    labels: [{ name: 'bug' }],
    comments: 0,
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    closed_at: one.closedAt === null ? null : iso(one.closedAt),
    ...(one.isPull && { pull_request: { url: `https://api.github.com/repos/${repo}/pulls/${one.number}` } }),
  }
}

function commitOf(sha: string, at: number): unknown {
  const who = { name: 'Someone', email: 'someone@example.com', date: iso(at) }
  return { sha, commit: { author: who, committer: who, message: 'Change a line' }, parents: [] }
}

/** https://github.com/npm/registry/blob/master/docs/download-counts.md */
function npm(path: string, world: StubWorld): StubAnswer {
  const [range, ...rest] = decodeURIComponent(path.slice('/downloads/range/'.length)).split('/')
  const name = rest.join('/')
  const [start, end] = range.split(':')
  if (!(name in world.downloads)) return json({ error: `package ${name} not found` }, {}, 404)
  const downloads = []
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    downloads.push({ downloads: day <= world.npmCountedTo ? (world.downloads[name][day] ?? 0) : 0, day })
  }
  return json({ start, end, package: name, downloads })
}

/** https://www.githubstatus.com/api */
function statusPage(request: StubRequest, world: StubWorld, mode: StubMode, summary: boolean): StubAnswer {
  const page = {
    id: 'kctbh9vrtdwd',
    name: 'Acme',
    url: request.url,
    time_zone: 'Etc/UTC',
    updated_at: iso(world.now()),
  }
  const planned = world.incidents.filter(({ impact }) => impact === 'maintenance')
  const incidents = world.incidents
    .filter(({ impact, resolvedAt }) => impact !== 'maintenance' && (!summary || resolvedAt === null))
    .sort((a, b) => b.startedAt - a.startedAt)
    .map(incidentOf)
  const rest = summary
    ? {
        components: [{ id: '8l4ygp009s5s', name: 'API', status: 'partial_outage', description: null }],
        scheduled_maintenances: planned.map((one) => ({
          ...incidentOf(one),
          scheduled_for: iso(one.startedAt),
          scheduled_until: iso(one.startedAt + 7_200_000),
          status: one.resolvedAt === null ? 'scheduled' : 'completed',
        })),
        status: { indicator: 'major', description: 'Partial System Outage' },
      }
    : {}
  return tagged(request, json({ page, incidents: disturbed(incidents, mode), ...rest }))
}

function incidentOf(one: StubIncident): Record<string, unknown> {
  return {
    id: one.id,
    name: one.name,
    status: one.resolvedAt === null ? 'investigating' : 'resolved',
    created_at: iso(one.startedAt),
    updated_at: iso(one.updatedAt),
    monitoring_at: null,
    resolved_at: one.resolvedAt === null ? null : iso(one.resolvedAt),
    impact: one.impact,
    shortlink: `https://stspg.io/${one.id}`,
    started_at: iso(one.startedAt),
    page_id: 'kctbh9vrtdwd',
    incident_updates: [],
    components: [],
  }
}

function fileOf(request: StubRequest, world: StubWorld): StubAnswer {
  const key = request.query.get('key') ?? request.headers['x-api-key'] ?? ''
  if (world.vendorKey !== '' && key !== world.vendorKey) {
    return json({ error: `The key ${key} is not known.` }, {}, 403)
  }
  const type = request.path.endsWith('.csv') ? 'text/csv' : 'application/json'
  return tagged(request, { status: 200, type, headers: {}, body: world.files[request.path] })
}
