/** What is kept says what it takes, in bytes. */
export interface Sized {
  bytes: number
}

/** Keeps what was used last, up to a limit of bytes. What was added last stays even where it alone exceeds it. */
export class RecentlyUsed<V extends Sized> {
  /** Least recently used first. */
  private readonly entries = new Map<string, V>()
  private newest = ''
  private kept = 0

  constructor(private readonly limit: number) {}

  /** Of everything kept. */
  get bytes(): number {
    return this.kept
  }

  get(key: string): V | undefined {
    const value = this.entries.get(key)
    if (value !== undefined && key !== this.newest) {
      this.entries.delete(key)
      this.entries.set(key, value)
      this.newest = key
    }
    return value
  }

  add(key: string, value: V): void {
    while (this.dropFor(value.bytes) !== undefined);
    this.entries.set(key, value)
    this.newest = key
    this.kept += value.bytes
  }

  /** Drops what was used least recently, and returns it, where there is no room for so many bytes more. */
  dropFor(bytes: number): V | undefined {
    if (this.kept + bytes <= this.limit) return undefined
    for (const [key, value] of this.entries) {
      this.entries.delete(key)
      this.kept -= value.bytes
      return value
    }
    return undefined
  }
}
