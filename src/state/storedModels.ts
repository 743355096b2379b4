/** Folder in the browser's own file system in which the worker of the models keeps checkpoints. */
const folderName = 'contrail-hrm'
const checkpointFile = /^([a-z0-9-]+)\.(\d+)\.safetensors$/

/** The newest checkpoint of every training kept here, without waking the worker that trains. */
export async function storedModels(): Promise<File[]> {
  const newest = new Map<string, { number: number; file: File }>()
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(folderName)
    for await (const handle of folder.values()) {
      const [, id, count] = checkpointFile.exec(handle.name) ?? []
      if (id === undefined || handle.kind !== 'file') continue
      if ((newest.get(id)?.number ?? -1) < Number(count))
        newest.set(id, { number: Number(count), file: await handle.getFile() })
    }
  } catch {
    // No storage, or nothing was ever trained.
  }
  return [...newest.values()].map(({ file }) => file)
}

/** What a checkpoint says its sha-256 is; '' where it says nothing. Latin letters only, one byte each. */
export async function sealOf(file: Blob): Promise<string> {
  const start = new TextDecoder('latin1').decode(await file.slice(0, 1 << 16).arrayBuffer())
  return /"sha256":"([0-9a-f]{64})"/.exec(start)?.[1] ?? ''
}
