import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'
import { Moments } from '../moments.ts'
import type { KeptFamily, KeptSweep, SweepPart, TrialStore } from './trialStore.ts'

type FamilySums = Omit<KeptFamily, 'ids'>

interface Schema extends DBSchema {
  /** One record: everything of the family but the numbers of its trials. */
  family: { key: 'family'; value: FamilySums }
  /** Numbers of trials, in the batches in which they came. */
  ids: { key: number; value: Float64Array }
  sweeps: { key: string; value: KeptSweep }
  parts: { key: number; value: SweepPart & { sweep: string }; indexes: { sweep: string } }
}

/** More batches of numbers than this are joined into one when they are read. */
const mostBatches = 64

/** Keeps trials and sweeps in IndexedDB, whose transactions hold between tabs as well. */
export async function openTrialStore(name = 'contrail-trials'): Promise<TrialStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('family')
      db.createObjectStore('ids', { autoIncrement: true })
      db.createObjectStore('sweeps', { keyPath: 'id' })
      db.createObjectStore('parts', { autoIncrement: true }).createIndex('sweep', 'sweep')
    },
    // Another tab wants to remove or upgrade it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
  return storeOf(database)
}

function storeOf(database: IDBPDatabase<Schema>): TrialStore {
  return {
    async family() {
      const transaction = database.transaction(['family', 'ids'], 'readwrite')
      const sums = await transaction.objectStore('family').get('family')
      const store = transaction.objectStore('ids')
      const batches = await store.getAll()
      const ids = joined(batches)
      if (batches.length > mostBatches) {
        await store.clear()
        await store.add(ids)
      }
      await transaction.done
      return sums === undefined ? null : { ...sums, ids }
    },

    async addToFamily(part) {
      const transaction = database.transaction(['family', 'ids'], 'readwrite')
      const sums = transaction.objectStore('family')
      await sums.put(merged(await sums.get('family'), part), 'family')
      if (part.ids.length > 0) await transaction.objectStore('ids').add(part.ids)
      await transaction.done
    },

    async addToSweep(sweep, part, family) {
      const transaction = database.transaction(['family', 'ids', 'sweeps', 'parts'], 'readwrite')
      const sums = transaction.objectStore('family')
      await sums.put(merged(await sums.get('family'), family), 'family')
      if (family.ids.length > 0) await transaction.objectStore('ids').add(family.ids)
      await transaction.objectStore('sweeps').put(sweep)
      await transaction.objectStore('parts').add({ ...part, sweep: sweep.id })
      await transaction.done
    },

    sweeps: () => database.getAll('sweeps'),
    sweepParts: (id) => database.getAllFromIndex('parts', 'sweep', id),

    async removeSweep(id) {
      const transaction = database.transaction(['sweeps', 'parts'], 'readwrite')
      await transaction.objectStore('sweeps').delete(id)
      const parts = transaction.objectStore('parts')
      for (const key of await parts.index('sweep').getAllKeys(id)) await parts.delete(key)
      await transaction.done
    },

    async clear() {
      const transaction = database.transaction(['family', 'ids', 'sweeps', 'parts'], 'readwrite')
      await Promise.all([
        transaction.objectStore('family').clear(),
        transaction.objectStore('ids').clear(),
        transaction.objectStore('sweeps').clear(),
        transaction.objectStore('parts').clear(),
      ])
      await transaction.done
    },
  }
}

function merged(kept: FamilySums | undefined, part: KeptFamily): FamilySums {
  const { carried, sharpes, studentised, plain } = part
  if (kept === undefined) return { carried, sharpes, studentised, plain }
  const moments = new Moments()
  moments.merge(kept.sharpes)
  moments.merge(sharpes)
  return {
    carried: kept.carried + carried,
    sharpes: { count: moments.count, mean: moments.mean, squares: moments.squares },
    studentised: kept.studentised.map((value, b) => Math.max(value, studentised[b])),
    plain: kept.plain.map((value, b) => Math.max(value, plain[b])),
  }
}

function joined(batches: Float64Array[]): Float64Array {
  const all = new Float64Array(batches.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const batch of batches) {
    all.set(batch, at)
    at += batch.length
  }
  return all
}
