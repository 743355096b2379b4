import type { CheckpointFiles } from './files.ts'
import { memoryFiles } from './memoryFiles.ts'

const folderName = 'contrail-hrm'
/** Milliseconds: a worker that was ended lets go of its run a moment later. */
const claimPatience = 3_000

/** The folder for checkpoints in the browser's own file system, else memory that says why. */
export async function openCheckpointFiles(): Promise<CheckpointFiles> {
  // Both are missing in older browsers and on pages that are neither https nor local.
  const storage = navigator.storage as StorageManager | undefined
  const locks = navigator.locks as LockManager | undefined
  if (!storage?.getDirectory || !locks)
    return memoryFiles(
      'This browser cannot keep files for a page like this one, so trainings are lost when the page is closed.',
    )
  try {
    const root = await storage.getDirectory()
    return opfsFiles(await root.getDirectoryHandle(folderName, { create: true }), locks)
  } catch {
    return memoryFiles(
      'The browser gives this page no storage, as in a private window, so trainings are lost when the page is closed.',
    )
  }
}

function opfsFiles(folder: FileSystemDirectoryHandle, locks: LockManager): CheckpointFiles {
  const remove = async (name: string) => {
    await orNull(folder.removeEntry(name))
  }
  return {
    forgets: null,
    async list() {
      const listed = []
      for await (const handle of folder.values()) {
        const file = handle.kind === 'file' ? await orNull(handle.getFile()) : null
        if (file) listed.push({ name: file.name, bytes: file.size, writtenAt: file.lastModified })
      }
      return listed
    },
    async read(name) {
      const handle = await orNull(folder.getFileHandle(name))
      return handle && orNull(handle.getFile())
    },
    async write(name, bytes) {
      try {
        await writeWhole(await folder.getFileHandle(name, { create: true }), bytes)
      } catch (error) {
        await remove(name).catch(() => undefined)
        throw error
      }
    },
    remove,
    claim: (run) => claim(locks, `${folderName}/${run}`),
  }
}

/** Straight into the file where the browser can; else into a copy that takes its place on closing. */
async function writeWhole(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!('createSyncAccessHandle' in handle)) {
    const stream = await (handle as FileSystemFileHandle).createWritable()
    await stream.write(bytes)
    return stream.close()
  }
  const access = await handle.createSyncAccessHandle()
  try {
    let rest = bytes
    while (rest.length > 0) {
      const written = access.write(rest)
      // A full disk makes some browsers answer with an error code instead of throwing: −8, unsigned.
      if (written === 0 || written > rest.length)
        throw new DOMException('the storage takes no more bytes', 'QuotaExceededError')
      rest = rest.subarray(written)
    }
    access.flush()
  } finally {
    access.close()
  }
}

/** A lock ends with the tab or worker that holds it. */
function claim(locks: LockManager, name: string): Promise<(() => void) | null> {
  return new Promise((granted) => {
    const signal = AbortSignal.timeout(claimPatience)
    locks
      .request(name, { signal }, () => new Promise<void>((release) => granted(() => release())))
      .catch(() => granted(null))
  })
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
