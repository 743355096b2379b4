import { Problem } from '../problem.ts'
import type { KeepStorage, StorageWriter } from './storage.ts'

/** A folder of this site in the browser's own file system. Throws a `Problem` where there is none. */
export async function openOpfs(folderName: string): Promise<KeepStorage> {
  const root = await openRoot()
  const folder = (create: boolean) => root.getDirectoryHandle(folderName, { create })
  return {
    async names() {
      const names: string[] = []
      const at = await orNull(folder(false))
      if (at) for await (const name of at.keys()) names.push(name)
      return names
    },
    async read(name) {
      const at = await orNull(folder(false))
      const handle = at && (await orNull(at.getFileHandle(name)))
      return handle ? orNull(handle.getFile()) : null
    },
    async create(name) {
      const at = await folder(true)
      return openWriter(await at.getFileHandle(name, { create: true }))
    },
    async remove(name) {
      const at = await orNull(folder(false))
      if (at) await orNull(at.removeEntry(name))
    },
    async removeFolder() {
      await orNull(root.removeEntry(folderName))
    },
    async estimate() {
      const { usage = 0, quota = 0 } = await navigator.storage.estimate()
      return { used: usage, quota }
    },
    persistent: () => navigator.storage.persisted(),
  }
}

async function openRoot(): Promise<FileSystemDirectoryHandle> {
  // Both are missing in older browsers and on pages that are neither https nor local.
  const storage = navigator.storage as StorageManager | undefined
  const locks = navigator.locks as LockManager | undefined
  if (!storage?.getDirectory || !locks) {
    throw new Problem(
      'no-storage',
      'This browser cannot keep files for a page like this one, so they are loaded until the page is closed. ' +
        'A newer browser, or an address that begins with https, keeps them.',
    )
  }
  try {
    return await storage.getDirectory()
  } catch (error) {
    throw new Problem(
      'no-storage',
      'The browser gives this page no storage, as in a private window, so files are loaded until the page is ' +
        'closed. In an ordinary window they are kept.',
      String(error),
    )
  }
}

/** Straight into the file where the browser can; else into a copy that takes its place on closing. */
async function openWriter(handle: FileSystemFileHandle): Promise<StorageWriter> {
  if ('createSyncAccessHandle' in handle) {
    const access = await handle.createSyncAccessHandle()
    access.truncate(0)
    return {
      write(bytes) {
        let rest = bytes
        while (rest.length > 0) {
          const written = access.write(rest)
          // A full disk makes some browsers answer with an error code instead of throwing: −8, unsigned.
          if (written === 0 || written > rest.length) throw noSpace()
          rest = rest.subarray(written)
        }
      },
      async close() {
        try {
          access.flush()
        } finally {
          access.close()
        }
        return Promise.resolve()
      },
    }
  }
  const stream = await (handle as FileSystemFileHandle).createWritable()
  return {
    write: (bytes) => stream.write(bytes as Uint8Array<ArrayBuffer>),
    close: () => stream.close(),
  }
}

function noSpace(): DOMException {
  return new DOMException('the storage takes no more bytes', 'QuotaExceededError')
}

/** Null for what is not there. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null
    throw error
  }
}
