import type { LiveApi, LiveNews, Outcome } from './contract.ts'

/** What one tab says to the others. */
export type TabMessage =
  | { kind: 'call'; id: string; method: keyof LiveApi; args: unknown[] }
  | { kind: 'reply'; id: string; value: unknown }
  | { kind: 'news'; news: LiveNews }
  | { kind: 'view'; tab: string; inView: boolean; online: boolean }
  /** A tab begins to collect. */
  | { kind: 'leads' }

export interface TabWorld {
  /** Says something to all other tabs. */
  say(message: TabMessage): void
  hear(listener: (message: TabMessage) => void): void
  /** Calls back when this tab is the one that collects, which it stays. */
  lead(gained: () => void): void
  after: (milliseconds: number, callback: () => void) => () => void
  random: () => number
}

const patienceMs = 30_000
/** Before the lock is had by another tab, nobody is there to be asked. */
const firstLookMs = 300

/**
 * The collection as every tab sees it: one tab collects, the others hand their calls to it and hear its news, and
 * one of them takes over when it is closed.
 */
export function acrossTabs(world: TabWorld, create: () => LiveApi): LiveApi {
  const me = Math.floor(world.random() * 36 ** 9).toString(36)
  const views = new Map<string, { inView: boolean; online: boolean }>()
  const waiting = new Map<
    string,
    { message: TabMessage & { kind: 'call' }; resolve: (value: unknown) => void }
  >()
  let listener: (news: LiveNews) => void = () => undefined
  let service: LiveApi | null = null
  let begun: (outcome: Outcome<null>) => void
  const beginning = new Promise<Outcome<null>>((resolve) => (begun = resolve))
  let calls = 0

  const tell = (news: LiveNews, elsewhere: boolean) =>
    listener(news.kind === 'status' ? { kind: 'status', status: { ...news.status, elsewhere } } : news)

  const perform = (method: keyof LiveApi, args: unknown[]): Promise<unknown> =>
    (service![method] as (...args: unknown[]) => Promise<unknown>)(...args)

  const view = (tab: string, inView: boolean, online: boolean): Promise<void> => {
    views.set(tab, { inView, online })
    const all = [...views.values()]
    return service!.visible(
      all.some((one) => one.inView),
      all.some((one) => one.online),
    )
  }

  const call = (method: keyof LiveApi, ...args: unknown[]): Promise<unknown> => {
    if (service) return perform(method, args)
    const message = { kind: 'call', id: `${me} ${calls++}`, method, args } as const
    return new Promise((resolve) => {
      const callOff = world.after(patienceMs, () => {
        waiting.delete(message.id)
        resolve({
          ok: false,
          code: 'elsewhere',
          message: 'The tab that collects does not answer. Close it, or reload it.',
        })
      })
      const settle = (value: unknown) => {
        callOff()
        resolve(value)
      }
      waiting.set(message.id, { message, resolve: settle })
      world.say(message)
    })
  }

  world.hear((message) => {
    switch (message.kind) {
      case 'call':
        if (service)
          void perform(message.method, message.args).then((value) =>
            world.say({ kind: 'reply', id: message.id, value }),
          )
        break
      case 'reply':
        waiting.get(message.id)?.resolve(message.value)
        waiting.delete(message.id)
        break
      case 'news':
        tell(message.news, true)
        break
      case 'view':
        if (service) void view(message.tab, message.inView, message.online)
        break
      case 'leads':
        // What nobody answered any more is asked again.
        for (const { message: again } of waiting.values()) world.say(again)
        if (views.has(me)) world.say({ kind: 'view', tab: me, ...views.get(me)! })
    }
  })

  const lead = async (): Promise<void> => {
    const made = create()
    const started = await made.start((news) => {
      tell(news, false)
      world.say({ kind: 'news', news })
    })
    service = made
    world.say({ kind: 'leads' })
    const own = views.get(me)
    if (own) await view(me, own.inView, own.online)
    for (const [id, { message, resolve }] of waiting) {
      waiting.delete(id)
      void perform(message.method, message.args).then(resolve)
    }
    begun(started)
  }

  return {
    start(heard) {
      listener = heard
      world.lead(() => void lead())
      // Where another tab collects, this one looks on.
      world.after(firstLookMs, () => {
        if (!service) void call('status').then(() => begun({ ok: true, value: null }))
      })
      return beginning
    },
    async status() {
      const elsewhere = service === null
      const outcome = (await call('status')) as Awaited<ReturnType<LiveApi['status']>>
      return outcome.ok ? { ok: true, value: { ...outcome.value, elsewhere } } : outcome
    },
    visible(inView, online) {
      views.set(me, { inView, online })
      if (service) return view(me, inView, online)
      world.say({ kind: 'view', tab: me, inView, online })
      return Promise.resolve()
    },
    feeds: () => call('feeds') as ReturnType<LiveApi['feeds']>,
    save: (...args) => call('save', ...args) as ReturnType<LiveApi['save']>,
    remove: (...args) => call('remove', ...args) as ReturnType<LiveApi['remove']>,
    turnOn: (...args) => call('turnOn', ...args) as ReturnType<LiveApi['turnOn']>,
    turnOff: (...args) => call('turnOff', ...args) as ReturnType<LiveApi['turnOff']>,
    tryOnce: (...args) => call('tryOnce', ...args) as ReturnType<LiveApi['tryOnce']>,
    pollNow: (...args) => call('pollNow', ...args) as ReturnType<LiveApi['pollNow']>,
    setOptions: (...args) => call('setOptions', ...args) as ReturnType<LiveApi['setOptions']>,
    collected: () => call('collected') as ReturnType<LiveApi['collected']>,
    file: (...args) => call('file', ...args) as ReturnType<LiveApi['file']>,
    coverage: (...args) => call('coverage', ...args) as ReturnType<LiveApi['coverage']>,
    forget: (...args) => call('forget', ...args) as ReturnType<LiveApi['forget']>,
  }
}
