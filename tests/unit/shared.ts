import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

/** Numbers of trusted projects and real files live beside the repository, never in it. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared')
export const hasShared = existsSync(join(folder, 'README.md'))
if (!hasShared) console.log('skipped: tests that need ../shared, which is absent')

export const describeShared: typeof describe | typeof describe.skip = hasShared ? describe : describe.skip

export function sharedPath(...parts: string[]): string {
  return join(folder, ...parts)
}

export function sharedText(...parts: string[]): string {
  return readFileSync(sharedPath(...parts), 'utf8')
}

export function sharedJson<T>(...parts: string[]): T {
  return JSON.parse(sharedText(...parts)) as T
}
