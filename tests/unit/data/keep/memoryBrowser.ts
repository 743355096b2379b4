import { FileKeep } from '../../../../workers/data/keep/fileKeep.ts'
import type { KeepNews, KeepPlatform, KeepStorage } from '../../../../workers/data/keep/storage.ts'

/** What no code may recover from: the tab is gone. */
export class Killed extends Error {}

/** The disk, the locks and the wire between tabs of a browser, all in memory. */
export class MemoryBrowser {
  readonly files = new Map<string, Uint8Array>()
  readonly #holders = new Map<string, MemoryTab>()
  readonly #tabs: MemoryTab[] = []
  #queue: Promise<unknown> = Promise.resolve()
  quota = Infinity

  /** A new tab; `pace` may delay what it does on the disk. */
  tab(pace: () => Promise<void> = () => Promise.resolve()): MemoryTab {
    const tab = new MemoryTab(this, pace)
    this.#tabs.push(tab)
    return tab
  }

  used(): number {
    return [...this.files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  }

  tell(from: MemoryTab, news: KeepNews): void {
    for (const tab of this.#tabs) if (tab !== from && tab.alive) tab.hear(news)
  }

  hold(name: string, tab: MemoryTab): () => void {
    this.#holders.set(name, tab)
    return () => void this.#holders.delete(name)
  }

  held(): Set<string> {
    return new Set([...this.#holders].filter(([, tab]) => tab.alive).map(([name]) => name))
  }

  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}

export class MemoryTab {
  readonly #browser: MemoryBrowser
  readonly #pace: () => Promise<void>
  readonly keep = new FileKeep(() => Promise.resolve(this.platform()))
  alive = true
  /** Steps on the disk until the tab is killed, in the middle of the last one. */
  stepsLeft = Infinity
  stepsDone = 0
  hear: (news: KeepNews) => void = () => undefined

  constructor(browser: MemoryBrowser, pace: () => Promise<void>) {
    this.#browser = browser
    this.#pace = pace
  }

  kill(): void {
    this.alive = false
  }

  platform(): KeepPlatform {
    const browser = this.#browser
    return {
      storage: this.#storage(),
      locks: {
        exclusive: (task) => browser.exclusive(task),
        hold: (name) => Promise.resolve(browser.hold(name, this)),
        held: () => Promise.resolve(browser.held()),
      },
      channel: {
        tell: (news) => browser.tell(this, news),
        listen: (callback) => (this.hear = callback),
      },
    }
  }

  #storage(): KeepStorage {
    const { files } = this.#browser
    const put = (name: string, bytes: Uint8Array) => {
      const used = this.#browser.used() - (files.get(name)?.length ?? 0)
      if (used + bytes.length > this.#browser.quota) throw new DOMException('full', 'QuotaExceededError')
      files.set(name, bytes)
    }
    return {
      names: () => this.#step(() => [...files.keys()]),
      read: (name) =>
        this.#step(() => {
          const bytes = files.get(name)
          return bytes ? new Blob([bytes as Uint8Array<ArrayBuffer>]) : null
        }),
      create: async (name) => {
        await this.#step(() => put(name, new Uint8Array()))
        const append = (bytes: Uint8Array) => {
          const before = files.get(name)
          if (!before) throw new Error(`${name} was removed while it was written`)
          put(name, new Uint8Array([...before, ...bytes]))
        }
        return {
          write: (bytes) =>
            this.#step(
              () => append(bytes),
              () => append(bytes.subarray(0, bytes.length >> 1)),
            ),
          close: () => this.#step(() => undefined),
        }
      },
      remove: (name) => this.#step(() => void files.delete(name)),
      removeFolder: () =>
        this.#step(() => {
          if (files.size > 0) throw new Error('the folder is not empty')
        }),
      estimate: () => Promise.resolve({ used: this.#browser.used(), quota: this.#browser.quota }),
      persistent: () => Promise.resolve(false),
    }
  }

  /** One step on the disk; the step at which the tab is killed happens by halves, or not at all. */
  async #step<T>(act: () => T, half: () => void = () => undefined): Promise<T> {
    await this.#pace()
    if (!this.alive) throw new Killed()
    if (this.stepsLeft <= 0) {
      half()
      this.kill()
      throw new Killed()
    }
    this.stepsLeft--
    this.stepsDone++
    return act()
  }
}
