/** A value whose changes can be taken back, and made again. */
export class Undoable<T> {
  value: T
  #past = $state.raw<T[]>([])
  #future = $state.raw<T[]>([])

  constructor(first: T) {
    this.value = $state.raw(first)
  }

  /** Nothing that was there before can be gone back to. */
  begin(first: T): void {
    this.#past = []
    this.#future = []
    this.value = first
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }
  get canRedo(): boolean {
    return this.#future.length > 0
  }

  set(next: T): void {
    this.#past = [...this.#past, this.value]
    this.#future = []
    this.value = next
  }

  undo(): void {
    const before = this.#past.at(-1)
    if (before === undefined) return
    this.#future = [this.value, ...this.#future]
    this.#past = this.#past.slice(0, -1)
    this.value = before
  }

  redo(): void {
    const [after, ...rest] = this.#future
    if (after === undefined) return
    this.#past = [...this.#past, this.value]
    this.#future = rest
    this.value = after
  }
}
