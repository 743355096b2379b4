import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { legsOf } from '../../workers/quant/legs.ts'
import type { Adapter, StateReport } from '../../workers/live/contract.ts'
import { memoryStore } from '../../workers/live/keep/memoryStore.ts'
import { LiveService } from '../../workers/live/liveService.ts'
import type { Platform } from '../../workers/live/platform.ts'
import { print } from './figures.ts'

const aircraft = 10_000
const everyMs = 10_000
const polls = 360
const begin = Date.UTC(2026, 0, 5, 10)
const minute = 60_000

/** Where an aircraft is: legs of 12 to 30 minutes with a few on the ground between them, each at its own pace. */
function reportOf(tail: number, time: number): StateReport {
  const air = (12 + (tail % 19)) * minute
  const cycle = air + (4 + (tail % 7)) * minute
  const phase = (time - begin + ((tail * 7919 * 1000) % cycle)) % cycle
  const up = phase < air
  const nearGround = Math.min(phase, air - phase) < 2 * minute
  return {
    icao24: (0x400000 + tail).toString(16),
    time,
    latitude: (tail % 160) - 80 + phase / 1e8,
    longitude: (tail % 340) - 170,
    altitude: up ? (nearGround ? 1000 : 9000) : 0,
    groundSpeed: up ? 200 : 0,
    onGround: Number(!up),
  }
}

/** The legs of whole tracks, each by its aircraft and times. */
function legsAtOnce(times: Float64Array): Set<string> {
  const found = new Set<string>()
  for (let tail = 0; tail < aircraft; tail++) {
    const reports = Array.from(times, (time) => reportOf(tail, time))
    const column = (name: 'latitude' | 'longitude' | 'altitude' | 'groundSpeed' | 'onGround') =>
      Float64Array.from(reports, (report) => report[name])
    const track = {
      time: times,
      latitude: column('latitude'),
      longitude: column('longitude'),
      altitude: column('altitude'),
      groundSpeed: column('groundSpeed'),
      onGround: column('onGround'),
    }
    for (const { last, departed, arrived } of legsOf(track, 0, times.length)) {
      // Those that had not ended at the last poll go on.
      if (last < times.length - 1)
        found.add(
          [reports[0].icao24, new Date(departed).toISOString(), new Date(arrived).toISOString()].join(),
        )
    }
  }
  return found
}

/** An hour of 10,000 aircraft every ten seconds through the whole service, under a clock that is turned. */
export async function benchLive(): Promise<void> {
  let time = begin
  let timers: { at: number; callback: () => void }[] = []
  const heard: number[] = []
  const platform: Platform = {
    now: () => time,
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, callback }
      timers.push(timer)
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    random: () => 0.5,
    fetch: () => Promise.resolve(new Response('')),
    online: () => true,
    openStore: () => Promise.resolve(memoryStore()),
    space: () => Promise.resolve({ used: 0, quota: NaN }),
  }
  let making = 0
  const adapter: Adapter = {
    info: {
      id: 'readsb',
      name: '',
      summary: '',
      gives: ['flights'],
      cost: '',
      limits: '',
      licence: '',
      terms: '',
      browsers: '',
      fields: [],
    },
    problem: () => '',
    origins: () => ['https://source.example'],
    pace: () => ({ everyMs, budget: null }),
    poll: ({ now }) => {
      const began = performance.now()
      heard.push(now)
      const states = Array.from({ length: aircraft }, (_, tail) => reportOf(tail, now))
      making += performance.now() - began
      return Promise.resolve({ rows: [], states, cursor: null, refused: 0, firstRefusal: '' })
    },
  }
  const service = new LiveService(platform, { readsb: adapter })
  await service.start(() => undefined)
  const made = await service.save(null, 'readsb', 'One', {})
  if (!made.ok) throw new Error(made.message)
  await service.turnOn(made.value.id, made.value.origins, {})

  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const heap = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  let working = 0
  let afterFirst = 0
  while (heard.length < polls) {
    timers.sort((a, b) => a.at - b.at)
    const next = timers.shift()!
    time = Math.max(time, next.at)
    const began = performance.now()
    next.callback()
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    working += performance.now() - began
    // Half a cycle has passed, and all aircraft are known.
    if (heard.length === 30 && afterFirst === 0) afterFirst = heap()
  }
  const afterLast = heap()
  const file = await service.file('flights')
  if (!file.ok) throw new Error(file.message)
  const lines = (await file.value.text()).trim().split('\n').slice(1)
  const found = new Set(lines.map((line) => line.split(',').slice(0, 3).join()))
  service.end()
  const expected = legsAtOnce(Float64Array.from(heard))
  const missing = [...expected].filter((leg) => !found.has(leg)).length
  const more = [...found].filter((leg) => !expected.has(leg)).length

  print(
    `live: one poll of ${aircraft} aircraft, from positions to what is kept`,
    (working - making) / polls,
    'ms',
    200,
  )
  print(`live: legs of an hour of ${aircraft} aircraft`, found.size, 'legs')
  print('live: of them other than in one batch', missing + more, 'legs', 0)
  print('live: growth of the heap over 55 minutes', (afterLast - afterFirst) / 1e6, 'MB')
  print('live: of it beyond the legs, in bytes a leg', (afterLast - afterFirst) / found.size, 'bytes', 1000)
}
