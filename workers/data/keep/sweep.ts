import type { Entry } from './manifest.ts'
import { copyGone, copyShort, lastChangeLost, listDamaged } from './sentences.ts'
import { readManifest, writeManifest } from './slots.ts'
import type { KeepPlatform, KeepStorage } from './storage.ts'

export const copyPrefix = 'copy-'

/**
 * At the start of a visit: takes files off the list whose copies are gone or short, removes copies that no
 * file has and no tab is writing, and returns a sentence for everything lost. Call it under the lock.
 */
export async function sweep({ storage, locks }: KeepPlatform): Promise<string[]> {
  const { manifest, next, damage } = await readManifest(storage)
  if (damage === 'all') return [listDamaged]
  const lost = damage === 'last' ? [lastChangeLost] : []
  const files: Entry[] = []
  for (const entry of manifest.files) {
    const trouble = await troubleWith(entry, storage)
    if (trouble === null) files.push(entry)
    else lost.push(trouble)
  }
  if (lost.length > 0) {
    const written = writeManifest(storage, next, { ...manifest, generation: manifest.generation + 1, files })
    // Without room for it the list stays as it is, and the next visit says the same again.
    if (!(await written.then(() => true).catch(() => false))) return lost
  }
  const held = await locks.held()
  const named = new Set(files.map(({ copy }) => copy))
  for (const name of await storage.names()) {
    if (!name.startsWith(copyPrefix) || named.has(name) || held.has(name)) continue
    await storage.remove(name).catch(() => undefined)
  }
  return lost
}

async function troubleWith({ name, copy, bytes }: Entry, storage: KeepStorage): Promise<string | null> {
  const left = (await storage.read(copy))?.size
  if (left === bytes) return null
  return left === undefined ? copyGone(name) : copyShort(name, left, bytes)
}
