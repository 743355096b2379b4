import type { KeepPlatform } from '../keep/storage.ts'

/** Where the browser gives no storage: the same for the visit alone, and for this tab alone. */
export function memoryFolder(): KeepPlatform {
  const files = new Map<string, Uint8Array<ArrayBuffer>[]>()
  let queue: Promise<unknown> = Promise.resolve()
  return {
    storage: {
      names: () => Promise.resolve([...files.keys()]),
      read(name) {
        const parts = files.get(name)
        return Promise.resolve(parts ? new Blob(parts) : null)
      },
      create(name) {
        const parts: Uint8Array<ArrayBuffer>[] = []
        files.set(name, parts)
        return Promise.resolve({
          write: (bytes) => void parts.push(bytes.slice()),
          close: () => Promise.resolve(),
        })
      },
      remove: (name) => Promise.resolve(void files.delete(name)),
      removeFolder: () => Promise.resolve(),
      estimate: () => Promise.resolve({ used: 0, quota: 0 }),
      persistent: () => Promise.resolve(false),
    },
    locks: {
      exclusive(task) {
        const turn = queue.then(task)
        queue = turn.catch(() => undefined)
        return turn
      },
      hold: () => Promise.resolve(() => undefined),
      held: () => Promise.resolve(new Set<string>()),
    },
    channel: { tell: () => undefined, listen: () => undefined },
  }
}
