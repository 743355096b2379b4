import { describe, expect, it } from 'vitest'
import type { LiveApi, LiveNews } from '../../../workers/live/contract.ts'
import { LiveService } from '../../../workers/live/liveService.ts'
import { acrossTabs, type TabMessage, type TabWorld } from '../../../workers/live/tabs.ts'
import { minute, must, second, Simulation, ticketAdapter } from './simulation.ts'

/** Tabs over one world: messages reach all others, and the first in line collects. */
class Tabs {
  private readonly ears = new Map<string, (message: TabMessage) => void>()
  private readonly line: { tab: string; gained: () => void }[] = []
  private readonly services = new Map<string, LiveService>()

  constructor(private readonly world: Simulation) {}

  open(tab: string): LiveApi {
    const { platform } = this.world
    const tabWorld: TabWorld = {
      say: (message) => {
        const copy = structuredClone(message)
        for (const [other, hear] of this.ears) if (other !== tab) queueMicrotask(() => hear(copy))
      },
      hear: (listener) => void this.ears.set(tab, listener),
      lead: (gained) => {
        this.line.push({ tab, gained })
        if (this.line.length === 1) gained()
      },
      after: platform.after,
      random: platform.random,
    }
    return acrossTabs(tabWorld, () => {
      const service = new LiveService(platform, { readsb: ticketAdapter() })
      this.services.set(tab, service)
      return service
    })
  }

  close(tab: string): void {
    this.ears.delete(tab)
    this.services.get(tab)?.end()
    const at = this.line.findIndex((one) => one.tab === tab)
    this.line.splice(at, 1)
    if (at === 0) this.line[0]?.gained()
  }
}

describe('two tabs', () => {
  it('collect once, both see it and can change it, and the second takes over when the first closes', async () => {
    const world = new Simulation()
    const tabs = new Tabs(world)
    const first = tabs.open('first')
    must(await first.start(() => undefined))
    const heard: LiveNews[] = []
    const onlooker = tabs.open('second')
    const starting = onlooker.start((news) => heard.push(news))
    await world.pass(second)
    must(await starting)

    const { id, origins } = must(await onlooker.save(null, 'readsb', 'One', {}))
    must(await onlooker.turnOn(id, origins, {}))
    await world.pass(10 * minute)
    expect(world.requests.length).toBeGreaterThan(55)
    expect(world.requests.length).toBeLessThan(66)
    expect(must(await first.status())).toMatchObject({ elsewhere: false, feeds: [{ phase: 'waiting' }] })
    expect(must(await onlooker.status())).toMatchObject({ elsewhere: true, feeds: [{ phase: 'waiting' }] })
    expect(heard.some((news) => news.kind === 'status' && news.status.elsewhere)).toBe(true)

    tabs.close('first')
    await world.pass(10 * minute)
    expect(world.requests.length).toBeGreaterThan(110)
    expect(world.requests.length).toBeLessThan(132)
    expect(must(await onlooker.status())).toMatchObject({ elsewhere: false })
  })

  it('go on while one of them is in view', async () => {
    const world = new Simulation()
    const tabs = new Tabs(world)
    const first = tabs.open('first')
    must(await first.start(() => undefined))
    const other = tabs.open('other')
    const starting = other.start(() => undefined)
    await world.pass(second)
    must(await starting)
    must(await first.setOptions({ pauseHidden: true, relay: '', keepSecrets: false }))
    const { id, origins } = must(await first.save(null, 'readsb', 'One', {}))
    must(await first.turnOn(id, origins, {}))
    await first.visible(false, true)
    await other.visible(true, true)
    await world.pass(minute)
    const asked = world.requests.length
    expect(asked).toBeGreaterThan(4)
    await other.visible(false, true)
    await world.pass(minute)
    expect(world.requests.length).toBe(asked)
    expect(must(await other.status()).feeds[0].phase).toBe('paused')
  })
})
