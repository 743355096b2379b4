import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import type { VirtualizerOptions } from '@tanstack/virtual-core'

/** The rows of a long list that are in sight, for a scrolling element and rows of equal height. */
export class VirtualRows {
  /** Indices to draw; empty until the element is followed. */
  indices = $state.raw<number[]>([])
  /** Pixels of the rows above and below those drawn. */
  before = $state(0)
  after = $state(0)
  #virtualizer: Virtualizer<HTMLElement, Element> | null = null
  #options: VirtualizerOptions<HTMLElement, Element> | null = null

  /** Follows the element until the returned function is called. */
  follow(element: HTMLElement, rowHeight: number): () => void {
    this.#options = {
      count: 0,
      getScrollElement: () => element,
      estimateSize: () => rowHeight,
      overscan: 8,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.#read(),
    }
    this.#virtualizer = new Virtualizer(this.#options)
    return this.#virtualizer._didMount()
  }

  /** Says how many rows there are; without measuring the page, because this happens on every frame of a drag. */
  resize(count: number): void {
    if (!this.#virtualizer || !this.#options) return
    this.#virtualizer.setOptions({ ...this.#options, count })
    this.#virtualizer._willUpdate()
    this.#read()
  }

  bringIntoView(index: number): void {
    this.#virtualizer?.scrollToIndex(index, { align: 'auto' })
  }

  #read(): void {
    const items = this.#virtualizer?.getVirtualItems() ?? []
    const indices = items.map((item) => item.index)
    if (indices.length !== this.indices.length || indices[0] !== this.indices[0]) this.indices = indices
    this.before = items[0]?.start ?? 0
    this.after = Math.max(0, (this.#virtualizer?.getTotalSize() ?? 0) - (items.at(-1)?.end ?? 0))
  }
}
