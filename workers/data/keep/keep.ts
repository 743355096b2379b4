import type { DatasetSummary, ImportPlan, KeepState } from '../api.ts'

/** The part of a plan that reads the same bytes the same way again. */
export type KeptPlan = Omit<ImportPlan, 'fileId' | 'sample' | 'problems' | 'remembered'>

/** One uploaded file as the manifest knows it. */
export interface KeptFile {
  name: string
  bytes: number
  /** Hex; files with equal bytes share one copy. */
  sha256: string
  plan: KeptPlan
  /** Epoch milliseconds. */
  importedAt: number
  vintageOf: DatasetSummary['vintageOf']
}

/** What tells one kept file from another: the same bytes may be kept under two names, or for two tables. */
export type KeptKey = Pick<DatasetSummary, 'sha256' | 'name' | 'kind'>

export function keyOf({ sha256, name, plan }: KeptFile): KeptKey {
  return { sha256, name, kind: plan.kind }
}

export function isSameFile(a: KeptKey, b: KeptKey): boolean {
  return a.sha256 === b.sha256 && a.name === b.name && a.kind === b.kind
}

/** Small things that are kept beside the files; whose they are knows how to read them. */
export type KeptDocument = 'mappings' | 'owners'

/** Copies a file while it is read. Trouble with the storage never stops the import: `commit` tells. */
export interface KeepWriter {
  write(bytes: Uint8Array): void | Promise<void>
  /** The copy becomes part of what is kept, all at once; the file it replaces, if any, goes in the same step. */
  commit(file: KeptFile, replaced?: KeptKey): Promise<{ kept: boolean; message: string }>
  /** Leaves nothing of the copy; does nothing after `commit`. */
  abort(): Promise<void>
}

/** What outlives the visit. Every method works, and does nothing, where the browser gives no storage. */
export interface Keep {
  state(): Promise<KeepState>
  files(): Promise<KeptFile[]>
  /** The copy, to be read like an upload. Throws a `Problem` when it is gone. */
  open(file: KeptFile): Promise<File>
  /** `bytes` = size of the file, to see beforehand whether there is room. */
  begin(name: string, bytes: number): Promise<KeepWriter>
  remove(file: KeptKey): Promise<void>
  /** Undefined where there is none yet. */
  readDocument(name: KeptDocument): Promise<unknown>
  /**
   * Replaces a document by what `change` makes of it; no other tab comes in between. False where nothing is
   * kept. Throws a `Problem` when there is no room.
   */
  changeDocument(name: KeptDocument, change: (now: unknown) => unknown): Promise<boolean>
  clear(): Promise<void>
  /** Called when another tab has changed what is kept. */
  onChange(callback: () => void): void
}
