import { openDB } from 'idb'
import type { SystemId } from '../../systems/system.ts'
import type { PaperBook } from './contract.ts'

/** Where paper books outlive the visit. */
export interface PaperStore {
  all(): Promise<PaperBook[]>
  /** Replaces the book by what `change` makes of it, null = none; no other tab comes in between. */
  change(system: SystemId, change: (now: PaperBook | null) => PaperBook | null): Promise<PaperBook | null>
}

/** For the visit alone: private windows, and scripts. */
export function memoryPapers(): PaperStore {
  const books = new Map<SystemId, PaperBook>()
  return {
    all: () => Promise.resolve([...books.values()]),
    change(system, change) {
      const next = change(books.get(system) ?? null)
      if (next === null) books.delete(system)
      else books.set(system, next)
      return Promise.resolve(next)
    },
  }
}

const name = 'contrail-paper'
const store = 'books'

/** In IndexedDB; for the visit alone where the browser gives none. */
export function storedPapers(): PaperStore {
  let opening: Promise<PaperStore> | null = null
  const opened = () => (opening ??= openPapers().catch(() => memoryPapers()))
  return {
    all: async () => (await opened()).all(),
    change: async (...given) => (await opened()).change(...given),
  }
}

async function openPapers(): Promise<PaperStore> {
  const database = await openDB(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore(store, { keyPath: 'system' })
    },
  })
  return {
    all: () => database.getAll(store) as Promise<PaperBook[]>,
    async change(system, change) {
      const transaction = database.transaction(store, 'readwrite')
      const next = change(((await transaction.store.get(system)) as PaperBook | undefined) ?? null)
      if (next === null) await transaction.store.delete(system)
      else await transaction.store.put(next)
      await transaction.done
      return next
    },
  }
}
