import { Problem } from '../problem.ts'
import { decodeManifest, encodeManifest, type Decoded, type Manifest } from './manifest.ts'
import type { KeepStorage } from './storage.ts'

const slots = ['manifest-0', 'manifest-1'] as const
export type Slot = (typeof slots)[number]

export interface ReadSlots {
  manifest: Manifest
  /** Where the next state goes: never over the newest good one. */
  next: Slot
  /** `all`: nothing could be read; `last`: an older state than the last one was. */
  damage: 'none' | 'last' | 'all'
}

/**
 * The newest of the two states in the folder. They are written in turn, so that a writing which is cut short
 * leaves the state before it.
 */
export async function readManifest(storage: KeepStorage): Promise<ReadSlots> {
  const [first, second] = await Promise.all(slots.map((slot) => readSlot(storage, slot)))
  if (first === 'newer' || second === 'newer') {
    throw new Problem(
      'newer',
      'The kept files were written by a newer version of this page. Reload the page to get it.',
    )
  }
  const good = [first, second].filter((state) => state !== null && typeof state === 'object')
  const damaged = first === 'damaged' || second === 'damaged' || (first === 'torn' && second === 'torn')
  if (good.length === 0) {
    return {
      manifest: { generation: 0, files: [], documents: {} },
      next: slots[0],
      damage: damaged ? 'all' : 'none',
    }
  }
  const manifest = good.reduce((a, b) => (b.generation > a.generation ? b : a))
  return {
    manifest,
    next: manifest === first ? slots[1] : slots[0],
    damage: damaged ? 'last' : 'none',
  }
}

export async function writeManifest(storage: KeepStorage, slot: Slot, manifest: Manifest): Promise<void> {
  const bytes = await encodeManifest(manifest)
  const writer = await storage.create(slot)
  try {
    await writer.write(bytes)
  } catch (error) {
    await writer.close().catch(() => undefined)
    throw error
  }
  await writer.close()
}

/** Both states, the older one first: until the second is gone nothing has changed. */
export async function removeManifest(storage: KeepStorage): Promise<void> {
  const { next } = await readManifest(storage).catch(() => ({ next: slots[0] }))
  await storage.remove(next)
  for (const slot of slots) await storage.remove(slot)
}

async function readSlot(storage: KeepStorage, slot: Slot): Promise<Decoded | null> {
  const file = await storage.read(slot)
  return file === null ? null : decodeManifest(new Uint8Array(await file.arrayBuffer()))
}
