/** Milliseconds after which a turn of the wheel is a new one. */
const pause = 250

/**
 * Tells a wheel that is turned over the map from one that scrolls the page and comes past it: scrolling that began
 * elsewhere goes on.
 */
export class WheelGuard {
  #elsewhere = -Infinity
  #onMap = -Infinity

  /** Follows the wheel on the whole page until the returned function is called. */
  watch(map: HTMLElement): () => void {
    const note = (event: WheelEvent) => {
      if (!event.composedPath().includes(map)) this.#elsewhere = event.timeStamp
    }
    window.addEventListener('wheel', note, { passive: true, capture: true })
    return () => window.removeEventListener('wheel', note, { capture: true })
  }

  isForMap(event: WheelEvent): boolean {
    if (event.ctrlKey || event.timeStamp - this.#onMap < pause) {
      this.#onMap = event.timeStamp
      return true
    }
    if (event.timeStamp - this.#elsewhere < pause) {
      // It still scrolls the page.
      this.#elsewhere = event.timeStamp
      return false
    }
    this.#onMap = event.timeStamp
    return true
  }
}
