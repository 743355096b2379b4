import type { Manifest } from './manifest.ts'
import { readManifest, writeManifest } from './slots.ts'
import type { KeepPlatform } from './storage.ts'

/** Reads the manifest and lets `task` write another, with no other tab in between; the others are told. */
export function changeManifest<T>(
  { storage, locks, channel }: KeepPlatform,
  task: (manifest: Manifest, write: (manifest: Manifest) => Promise<void>) => Promise<T>,
): Promise<T> {
  return locks.exclusive(async () => {
    const { manifest, next } = await readManifest(storage)
    return task(manifest, async (changed) => {
      await writeManifest(storage, next, { ...changed, generation: manifest.generation + 1 })
      channel.tell('changed')
    })
  })
}
