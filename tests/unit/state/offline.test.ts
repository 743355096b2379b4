import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Offline } from '../../../src/state/offline.svelte.ts'

class FakeWorker extends EventTarget {
  state = 'installing'
  readonly heard: unknown[] = []
  postMessage(message: unknown): void {
    this.heard.push(message)
  }
  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null
  waiting: FakeWorker | null = null
  active: FakeWorker | null = null
  update = vi.fn(() => Promise.resolve())
  /** A newer worker has been fetched beside the active one. */
  found(): FakeWorker {
    const worker = (this.installing = new FakeWorker())
    this.dispatchEvent(new Event('updatefound'))
    this.installing = null
    this.waiting = worker
    worker.become('installed')
    return worker
  }
}

/** A browser that keeps 3 files of 5 bytes, whose worker the test drives. */
function browserWith(
  registration: FakeRegistration,
  { controlled = true, known = true, savesData = false } = {},
) {
  const register = vi.fn(() => Promise.resolve(registration))
  const workers = Object.assign(new EventTarget(), {
    controller: controlled ? {} : null,
    getRegistration: () => Promise.resolve(known ? registration : undefined),
    register,
  })
  const cache = {
    keys: () => Promise.resolve(['a', 'b', 'c']),
    match: () => Promise.resolve(new Response('12345')),
  }
  const reload = vi.fn()
  const browser = {
    workers,
    caches: { keys: () => Promise.resolve(['kept']), open: () => Promise.resolve(cache) },
    savesData,
    reload,
  }
  return { browser: browser as never, workers, register, reload }
}

const activated = () => Object.assign(new FakeWorker(), { state: 'activated' })
const takesOver = (workers: EventTarget) => workers.dispatchEvent(new Event('controllerchange'))

describe('the site kept for use without a network', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is said to be kept once all of it is, with its size, and the page of the first visit is of that version', async () => {
    const registration = new FakeRegistration()
    const first = (registration.installing = new FakeWorker())
    const { browser, workers } = browserWith(registration, { controlled: false, known: false })
    const offline = new Offline()
    await offline.begin(browser)
    expect(offline.keeping).toBe('keeping')
    first.become('installed')
    expect(offline.keeping).toBe('keeping')
    registration.active = first
    first.become('activated')
    takesOver(workers)
    await vi.waitFor(() => expect(offline.bytes).toBe(15))
    expect(offline.keeping).toBe('kept')
    expect(offline.newer).toBe('none')
  })

  it('is said not to be kept when a part of it cannot be', async () => {
    const registration = new FakeRegistration()
    const first = (registration.installing = new FakeWorker())
    const offline = new Offline()
    await offline.begin(browserWith(registration, { controlled: false, known: false }).browser)
    first.become('redundant')
    expect(offline.keeping).toBe('failed')
  })

  it('is not fetched where data are to be spared, unless it is kept already', async () => {
    const spared = browserWith(new FakeRegistration(), { known: false, savesData: true })
    await new Offline().begin(spared.browser)
    expect(spared.register).not.toHaveBeenCalled()
    const kept = browserWith(Object.assign(new FakeRegistration(), { active: activated() }), {
      savesData: true,
    })
    await new Offline().begin(kept.browser)
    expect(kept.register).toHaveBeenCalledOnce()
  })

  it('works as any site where a browser forbids it', async () => {
    const { browser, register } = browserWith(new FakeRegistration(), { known: false })
    register.mockRejectedValue(new DOMException('no', 'SecurityError'))
    const offline = new Offline()
    await offline.begin(browser)
    expect(offline.keeping).toBe('none')
  })
})

describe('a newer version', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is announced and waits; only when it is asked for does it take over, and the page loads anew', async () => {
    const registration = Object.assign(new FakeRegistration(), { active: activated() })
    const { browser, workers, reload } = browserWith(registration)
    const offline = new Offline()
    await offline.begin(browser)
    expect(offline.newer).toBe('none')
    const newer = registration.found()
    expect(offline.newer).toBe('waiting')
    expect(newer.heard).toEqual([])
    expect(reload).not.toHaveBeenCalled()
    offline.takeNewer()
    expect(newer.heard).toEqual([{ type: 'SKIP_WAITING' }])
    expect(reload).not.toHaveBeenCalled()
    takesOver(workers)
    expect(reload).toHaveBeenCalledOnce()
  })

  it('that another tab asked for does not load this one anew', async () => {
    const registration = Object.assign(new FakeRegistration(), { active: activated() })
    const { browser, workers, reload } = browserWith(registration)
    const offline = new Offline()
    await offline.begin(browser)
    registration.found()
    takesOver(workers)
    expect(offline.newer).toBe('elsewhere')
    expect(reload).not.toHaveBeenCalled()
    registration.waiting = null
    offline.takeNewer()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('is announced too when it waited already, and looked for while the tab stays open', async () => {
    const registration = Object.assign(new FakeRegistration(), { active: activated(), waiting: activated() })
    const offline = new Offline()
    await offline.begin(browserWith(registration).browser)
    expect(offline.newer).toBe('waiting')
    expect(registration.update).not.toHaveBeenCalled()
    vi.advanceTimersByTime(61 * 60_000)
    expect(registration.update).toHaveBeenCalledOnce()
  })
})
