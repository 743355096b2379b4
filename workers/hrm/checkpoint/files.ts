/** The little that checkpoints need of a file system, so that they can be tried without a browser. */
export interface CheckpointFiles {
  list(): Promise<ListedFile[]>
  /** Null where there is no such file. */
  read(name: string): Promise<Blob | null>
  /**
   * A new file; rejects, and leaves nothing behind, where it cannot be written whole. A crash meanwhile can
   * leave a part of it.
   */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>
  /** Takes a run for this tab, until the function that it answers is called; null while another tab has it. */
  claim(run: string): Promise<(() => void) | null>
  /** Why files are forgotten when the page is closed; null = they last. */
  readonly forgets: string | null
}

export interface ListedFile {
  name: string
  bytes: number
  /** Epoch milliseconds. */
  writtenAt: number
}
