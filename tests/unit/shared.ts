import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

/** Numbers of trusted projects and real files live beside the repository, never in it. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared')
export const hasShared = existsSync(join(folder, 'README.md'))
if (!hasShared) console.log('skipped: tests that need ../shared, which is absent')

/** `describe`, whose body is not even read where the files are absent, because it may open them. */
export function describeShared(name: string, body: () => void): void {
  if (hasShared) describe(name, body)
  else describe.skip(name, () => it('needs ../shared', () => undefined))
}

export function sharedPath(...parts: string[]): string {
  return join(folder, ...parts)
}

export function sharedText(...parts: string[]): string {
  return readFileSync(sharedPath(...parts), 'utf8')
}

export function sharedJson<T>(...parts: string[]): T {
  return JSON.parse(sharedText(...parts)) as T
}
