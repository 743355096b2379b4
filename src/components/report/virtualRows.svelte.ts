import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'

/** The rows of a long list that are in sight, for a scrolling element and rows of equal height. */
export class VirtualRows {
  /** Indices to draw. */
  indices = $state.raw<number[]>([])
  /** Pixels of the rows above and below those drawn. */
  before = $state(0)
  after = $state(0)
  #virtualizer: Virtualizer<HTMLElement, Element> | null = null

  /** Follows the element until the returned function is called. */
  follow(element: HTMLElement, count: number, rowHeight: number): () => void {
    const virtualizer = new Virtualizer<HTMLElement, Element>({
      count,
      getScrollElement: () => element,
      estimateSize: () => rowHeight,
      overscan: 8,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      initialOffset: element.scrollTop,
      initialRect: { width: element.clientWidth, height: element.clientHeight },
      onChange: () => this.#read(),
    })
    this.#virtualizer = virtualizer
    const stop = virtualizer._didMount()
    virtualizer._willUpdate()
    this.#read()
    return stop
  }

  bringIntoView(index: number): void {
    this.#virtualizer?.scrollToIndex(index, { align: 'auto' })
  }

  #read(): void {
    const items = this.#virtualizer?.getVirtualItems() ?? []
    this.indices = items.map((item) => item.index)
    this.before = items[0]?.start ?? 0
    this.after = Math.max(0, (this.#virtualizer?.getTotalSize() ?? 0) - (items.at(-1)?.end ?? 0))
  }
}
