export interface Dropped {
  files: File[]
  /** A sentence for everything that was dropped and cannot be read. */
  refused: string[]
}

/** More files than this are not looked at in one go. */
export const mostFiles = 2_000

/** What systems leave in folders. */
const litter = /^(\..*|Thumbs\.db|desktop\.ini|__MACOSX)$/i

/**
 * The files of a drop, those inside folders included. What was dropped must be asked for before the event is
 * over, so nothing is awaited until all of it is at hand.
 */
export async function droppedFiles(transfer: Pick<DataTransfer, 'items' | 'files'>): Promise<Dropped> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file')
  if (items.length === 0) return withoutLitter(Array.from(transfer.files))
  const roots = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const dropped: Dropped = { files: [], refused: [] }
  for (const { entry, file } of roots) {
    if (entry?.isDirectory) await collect(entry as FileSystemDirectoryEntry, dropped)
    else if (file) dropped.files.push(file)
  }
  return bounded(dropped)
}

/** The files of a folder that was chosen. */
export function withoutLitter(files: File[]): Dropped {
  return bounded({ files: files.filter(({ name }) => !litter.test(name)), refused: [] })
}

async function collect(folder: FileSystemDirectoryEntry, dropped: Dropped): Promise<void> {
  const before = dropped.files.length + dropped.refused.length
  for (const entry of await entriesOf(folder)) {
    if (litter.test(entry.name)) continue
    if (dropped.files.length > mostFiles) return
    if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, dropped)
    else {
      const file = await fileOf(entry as FileSystemFileEntry)
      if (file) dropped.files.push(file)
      else dropped.refused.push(`“${entry.name}” in “${folder.name}” could not be opened.`)
    }
  }
  if (dropped.files.length + dropped.refused.length === before)
    dropped.refused.push(`“${folder.name}” is an empty folder.`)
}

/** A folder hands its entries over in portions, the last of which is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (some.length === 0) break
    all.push(...some)
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)))
}

function bounded({ files, refused }: Dropped): Dropped {
  if (files.length <= mostFiles) return { files, refused }
  return {
    files: files.slice(0, mostFiles),
    refused: [...refused, 'Only the first 2,000 files are looked at. Drop the others after these.'],
  }
}
