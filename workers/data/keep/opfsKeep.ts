import { Problem } from '../problem.ts'
import { FileKeep } from './fileKeep.ts'
import type { Keep } from './keep.ts'
import { openOpfs } from './opfsStorage.ts'
import type { KeepChannel, KeepLocks, KeepNews, KeepPlatform } from './storage.ts'

/** Changes to what is kept take milliseconds; a tab that holds the lock for longer is frozen. */
const patience = 15_000

/** Keeps files in the storage of the browser; for a dedicated worker. */
export function browserKeep(): Keep {
  return new FileKeep(() => browserFolder('contrail', 'contrail-keep'))
}

/**
 * A folder in the storage of the browser, shared by all tabs under one lock. Throws a `Problem` where there is no
 * storage.
 */
export async function browserFolder(folder: string, lock: string): Promise<KeepPlatform> {
  return { storage: await openOpfs(folder), locks: tabLocks(lock), channel: openChannel(lock) }
}

const tabLocks = (lock: string): KeepLocks => ({
  async exclusive(task) {
    const signal = AbortSignal.timeout(patience)
    try {
      // Once it is granted the signal has no power over it.
      return await navigator.locks.request(lock, { signal }, task)
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error
      throw new Problem(
        'busy',
        'Another tab of this page holds the kept files and does not answer. Close it and reload this one.',
      )
    }
  },
  hold: (name) =>
    new Promise((held, refused) => {
      const request = navigator.locks.request(name, () => new Promise<void>((release) => held(release)))
      request.catch(refused)
    }),
  async held() {
    const { held = [] } = await navigator.locks.query()
    return new Set(held.map(({ name }) => name ?? ''))
  },
})

function openChannel(name: string): KeepChannel {
  const channel = new BroadcastChannel(name)
  return {
    tell: (news) => channel.postMessage(news),
    listen(callback) {
      channel.onmessage = ({ data }: MessageEvent<KeepNews>) => callback(data)
    },
  }
}
