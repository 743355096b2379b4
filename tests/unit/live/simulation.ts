import type {
  Adapter,
  LiveNews,
  PollContext,
  PollResult,
  StateReport,
} from '../../../workers/live/contract.ts'
import type { LiveStore } from '../../../workers/live/keep/liveStore.ts'
import { memoryStore } from '../../../workers/live/keep/memoryStore.ts'
import { LiveService } from '../../../workers/live/liveService.ts'
import type { Platform } from '../../../workers/live/platform.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
export const begin = Date.UTC(2026, 0, 5, 10)

interface Timer {
  at: number
  callback: () => void
}

/** A world whose time passes when a test says so. */
export class Simulation {
  time = begin
  online = true
  /** Requests that left, in their order. */
  readonly requests: { url: string; at: number; init: RequestInit }[] = []
  /** How requests are answered. */
  answer: (url: string, init: RequestInit) => Response | Promise<Response> = () => json({ ids: [] })
  /** Outlives every service, as a disk does. */
  store: LiveStore = { ...memoryStore(), close: () => undefined }
  news: LiveNews[] = []
  private timers: Timer[] = []
  private seed = 1

  readonly platform: Platform = {
    now: () => this.time,
    after: (milliseconds, callback) => {
      const timer = { at: this.time + milliseconds, callback }
      this.timers.push(timer)
      return () => void (this.timers = this.timers.filter((other) => other !== timer))
    },
    random: () => {
      this.seed = (this.seed * 48_271) % 2_147_483_647
      return this.seed / 2_147_483_647
    },
    fetch: async (url, init) => {
      this.requests.push({ url, at: this.time, init })
      return await this.answer(url, init)
    },
    online: () => this.online,
    openStore: () => Promise.resolve(this.store),
    space: () => Promise.resolve({ used: 0, quota: NaN }),
  }

  async service(adapters: Adapter | Record<string, Adapter>): Promise<LiveService> {
    const given = 'poll' in adapters ? { readsb: adapters as Adapter } : adapters
    const service = new LiveService(this.platform, given)
    must(await service.start((news) => this.news.push(news)))
    return service
  }

  /** Lets time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds
    await settled()
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers = this.timers.filter((other) => other !== next)
      this.time = Math.max(this.time, next.at)
      next.callback()
      await settled()
    }
    this.time = end
    await settled()
  }

  /** The machine sleeps: time passes and no timer is called until it wakes. */
  sleep(milliseconds: number): void {
    this.time += milliseconds
  }
}

/** What was begun has come to rest, or waits for the clock. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export const json = (value: unknown, headers: Record<string, string> = {}, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers })

/** The value of an outcome; fails the test where there is none. */
export function must<T>(outcome: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value
}

export const origin = 'https://source.example'

/** Asks one address every ten seconds and reads tickets out of the answer. */
export function ticketAdapter(change: Partial<Adapter> = {}): Adapter {
  return {
    info: {
      id: 'readsb',
      name: 'Tickets',
      summary: '',
      gives: ['tickets'],
      cost: '',
      limits: '',
      licence: '',
      terms: '',
      browsers: '',
      fields: [],
    },
    problem: () => '',
    origins: () => [origin],
    pace: () => ({ everyMs: 10 * second, budget: null }),
    poll: async (context: PollContext): Promise<PollResult> => {
      const answer = await context.ask({ url: `${origin}/tickets`, conditional: true })
      const ids = answer.unchanged ? [] : (context.json(answer) as { ids: string[] }).ids
      return {
        rows: ids.map(ticket),
        cursor: (Number(context.cursor) || 0) + 1,
        refused: 0,
        firstRefusal: '',
      }
    },
    ...change,
  }
}

export const ticket = (id: string) => ({
  table: 'tickets' as const,
  id,
  symbol: 'ACME',
  source: 'desk',
  createdAt: begin - hour,
  title: `Ticket ${id}`,
  text: 'It “broke”, again\nand "again".',
})

/** Reads positions as they are, from the answer. */
export const stateAdapter = (states: (now: number) => StateReport[]): Adapter =>
  ticketAdapter({
    poll: async (context) => {
      await context.ask({ url: `${origin}/aircraft` })
      return { rows: [], states: states(context.now), cursor: null, refused: 0, firstRefusal: '' }
    },
  })

/** A service with one feed that is on. */
export async function listening(world: Simulation, adapter: Adapter) {
  const service = await world.service(adapter)
  const { id, origins } = must(await service.save(null, 'readsb', 'One', {}))
  must(await service.turnOn(id, origins, {}))
  return { service, id }
}
