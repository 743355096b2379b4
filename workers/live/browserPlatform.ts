import { openLiveStore } from './keep/indexedDbStore.ts'
import type { Platform } from './platform.ts'

export const browserPlatform: Platform = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  fetch: (url, init) => fetch(url, init),
  online: () => navigator.onLine,
  openStore: () => openLiveStore(),
  async space() {
    const { usage = NaN, quota = NaN } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
    return { used: usage, quota }
  },
}
