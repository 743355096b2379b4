/** One flat folder of files; the little that keeping needs of a file system, so that it can be tried without a browser. */
export interface KeepStorage {
  names(): Promise<string[]>
  /** Null where there is no such file. */
  read(name: string): Promise<Blob | null>
  /** An empty file, in place of any other of this name. */
  create(name: string): Promise<StorageWriter>
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>
  /** The folder itself, once it is empty. */
  removeFolder(): Promise<void>
  /** Bytes; a quota of 0 = not told. */
  estimate(): Promise<{ used: number; quota: number }>
  persistent(): Promise<boolean>
}

export interface StorageWriter {
  write(bytes: Uint8Array): void | Promise<void>
  /** Returns when the bytes lie on the disk. */
  close(): Promise<void>
}

/** Locks shared by all tabs; a lock ends with the tab that holds it. */
export interface KeepLocks {
  /** Runs when no other tab is at the list of files. */
  exclusive<T>(task: () => Promise<T>): Promise<T>
  /** Holds the lock of this name until the returned function is called. */
  hold(name: string): Promise<() => void>
  /** Names of all locks held now, by any tab. */
  held(): Promise<Set<string>>
}

/** What one tab tells the others: a change to what is kept, or that all of it is to be forgotten. */
export type KeepNews = 'changed' | 'forgotten'

export interface KeepChannel {
  tell(news: KeepNews): void
  listen(callback: (news: KeepNews) => void): void
}

export interface KeepPlatform {
  storage: KeepStorage
  locks: KeepLocks
  channel: KeepChannel
}
