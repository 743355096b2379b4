/** What becomes of keeping the site: `none` = not begun, or not to be had in this browser. */
export type Keeping = 'none' | 'keeping' | 'kept' | 'failed'

/** A newer version: it waits to be asked for, or another tab has asked for it, so that this one is of before. */
export type Newer = 'none' | 'waiting' | 'elsewhere'

/** As much of a browser as keeping needs. */
export interface Browser {
  workers: ServiceWorkerContainer
  caches: CacheStorage
  /** The person asks that data be spared. */
  savesData: boolean
  reload(): void
}

/** Milliseconds between two looks for a newer version, while the tab stays open. */
const lookEvery = 60 * 60_000

/**
 * The site as it is kept in this browser, so that it opens without a network. A newer version is fetched beside the
 * one in use, and waits until the person asks for it.
 */
export class Offline {
  keeping = $state.raw<Keeping>('none')
  /** Bytes kept, unpacked; 0 = not known. */
  bytes = $state.raw(0)
  newer = $state.raw<Newer>('none')

  #browser: Browser | null = null
  #registration: ServiceWorkerRegistration | null = null
  #asked = false

  /** Looks for what is kept, and begins to keep the site where nothing is. */
  async begin(browser: Browser): Promise<void> {
    if (this.#browser) return
    this.#browser = browser
    const { workers } = browser
    let controlled = workers.controller !== null
    workers.addEventListener('controllerchange', () => {
      if (this.#asked) return browser.reload()
      // The first worker takes over the page that registered it, which is of the same version.
      if (controlled) this.newer = 'elsewhere'
      controlled = true
    })
    try {
      const known = await workers.getRegistration()
      if (!known && browser.savesData) return
      const registration = await workers.register('./sw.js', { scope: './', updateViaCache: 'none' })
      this.#registration = registration
      if (registration.active) await this.#kept()
      else this.keeping = 'keeping'
      if (registration.waiting && registration.active) this.newer = 'waiting'
      if (registration.installing) this.#follow(registration.installing)
      registration.addEventListener('updatefound', () => this.#follow(registration.installing))
      setInterval(() => void registration.update().catch(() => undefined), lookEvery)
    } catch {
      // Private windows and settings of a browser forbid it: the site then works as any other.
      this.keeping = 'none'
    }
  }

  /** Lets the newer version take over; the page then loads anew. */
  takeNewer(): void {
    const waiting = this.#registration?.waiting
    if (!waiting) return this.#browser?.reload()
    this.#asked = true
    waiting.postMessage({ type: 'SKIP_WAITING' })
  }

  #follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      const active = this.#registration?.active
      if (worker.state === 'installed' && active && active !== worker) this.newer = 'waiting'
      if (worker.state === 'activated' && this.keeping === 'keeping') void this.#kept()
      // A worker that could not fetch everything, or has no room for it, is thrown away.
      if (worker.state === 'redundant' && this.keeping === 'keeping') this.keeping = 'failed'
    })
  }

  async #kept(): Promise<void> {
    this.keeping = 'kept'
    this.bytes = await bytesIn(this.#browser!.caches).catch(() => 0)
  }
}

async function bytesIn(caches: CacheStorage): Promise<number> {
  let bytes = 0
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) bytes += (await (await cache.match(request))?.blob())?.size ?? 0
  }
  return bytes
}

/** The one of this tab. */
export const offline = new Offline()
