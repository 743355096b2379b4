import type { CheckpointFiles } from './files.ts'

/** Where the browser keeps no files; `forgets` says why. */
export function memoryFiles(forgets: string): CheckpointFiles {
  const files = new Map<string, { file: Blob; writtenAt: number }>()
  return {
    forgets,
    list: () =>
      Promise.resolve(
        [...files].map(([name, { file, writtenAt }]) => ({ name, bytes: file.size, writtenAt })),
      ),
    read: (name) => Promise.resolve(files.get(name)?.file ?? null),
    write(name, bytes) {
      files.set(name, { file: new Blob([bytes]), writtenAt: Date.now() })
      return Promise.resolve()
    },
    remove(name) {
      files.delete(name)
      return Promise.resolve()
    },
    claim: () => Promise.resolve(() => undefined),
  }
}
