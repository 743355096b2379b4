export interface Dropped {
  files: File[]
  /** A sentence for everything that was dropped and cannot be read. */
  refused: string[]
}

/** The files of a drop; a folder cannot be read as one file, so it is refused by name. */
export function droppedFiles(transfer: Pick<DataTransfer, 'items' | 'files'>): Dropped {
  const files: File[] = []
  const refused: string[] = []
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file')
  if (items.length === 0) return { files: Array.from(transfer.files), refused }
  for (const item of items) {
    const entry = item.webkitGetAsEntry()
    if (entry?.isDirectory) {
      refused.push(`“${entry.name}” is a folder. Open it, select the files inside, and drop those.`)
      continue
    }
    const file = item.getAsFile()
    if (file) files.push(file)
  }
  return { files, refused }
}
