import type { TabMessage, TabWorld } from './tabs.ts'
import { browserPlatform } from './browserPlatform.ts'

const name = 'contrail-live'

/** Tabs of one browser, which hear each other on a channel; the one that has the lock collects. */
export function browserTabs(): TabWorld {
  const channel = new BroadcastChannel(name)
  return {
    say: (message) => channel.postMessage(message),
    hear(listener) {
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => listener(data)
    },
    lead(gained) {
      // Pages that are not served securely have no locks: there every tab collects.
      const locks = navigator.locks as LockManager | undefined
      if (!locks) return gained()
      void locks.request(name, () => {
        gained()
        return new Promise(() => undefined)
      })
    },
    after: browserPlatform.after,
    random: browserPlatform.random,
  }
}
