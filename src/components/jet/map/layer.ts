import { inSlices } from './slices.ts'
import { sameView, visible } from './view.ts'
import type { Bounds } from './plane.ts'
import type { Pen } from './paint.ts'
import type { Size, View } from './view.ts'

/** Pixels drawn around what is on screen, so that a short drag shows no gap. */
const margin = 80

export type Paint = (pen: Pen, view: View, shown: Bounds) => Iterator<void>

interface Order {
  view: View
  size: Size
  /** Device pixels a CSS pixel. */
  ratio: number
  paint: Paint
  /** Called when the picture is finished and shown. */
  done: () => void
}

/** Each step ends when its strokes are pixels. */
function* drawnAtOnce(pen: Pen, work: Iterator<void>): Generator<void> {
  while (!work.next().done) {
    pen.getImageData(0, 0, 1, 1)
    yield
  }
}

/**
 * A picture of one view, drawn aside in slices and kept: until the picture of a newer view is finished, the old one is
 * shown, moved and scaled to where it belongs.
 */
export class Layer {
  #shown: { canvas: HTMLCanvasElement; view: View; size: Size } | null = null
  #spare: HTMLCanvasElement | null = null
  /** What is being drawn; null = nothing. */
  #under: { order: Order; stop: () => void } | null = null
  /** What is drawn after it, the newest only. */
  #next: Order | null = null

  /** A picture of another view takes the place of one under way; one of the same view waits until that is finished. */
  paint(order: Order): void {
    if (
      this.#under &&
      sameView(this.#under.order.view, order.view) &&
      this.#under.order.size === order.size
    ) {
      this.#next = order
      return
    }
    this.stop()
    this.#begin(order)
  }

  #begin(order: Order): void {
    const { view, size, ratio, paint, done } = order
    const canvas = this.#spare ?? document.createElement('canvas')
    this.#spare = canvas
    // Setting a size clears the canvas, too.
    canvas.width = Math.round((size.width + 2 * margin) * ratio)
    canvas.height = Math.round((size.height + 2 * margin) * ratio)
    // Kept in main memory, where the strokes can be waited for: a browser puts drawing off until the picture is
    // needed, and the slices would seem to cost nothing.
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    if (!pen) return
    pen.setTransform(ratio, 0, 0, ratio, margin * ratio, margin * ratio)
    const under = { order, stop: (): void => undefined }
    this.#under = under
    under.stop = inSlices(drawnAtOnce(pen, paint(pen, view, visible(view, size, margin))), () => {
      this.#spare = this.#shown?.canvas ?? null
      this.#shown = { canvas, view, size }
      this.#under = null
      const next = this.#next
      this.#next = null
      if (next) this.#begin(next)
      done()
    })
  }

  draw(pen: Pen, view: View): void {
    if (!this.#shown) return
    const { canvas, view: old, size } = this.#shown
    const by = view.scale / old.scale
    pen.drawImage(
      canvas,
      view.x - (margin + old.x) * by,
      view.y - (margin + old.y) * by,
      (size.width + 2 * margin) * by,
      (size.height + 2 * margin) * by,
    )
  }

  stop(): void {
    this.#under?.stop()
    this.#under = null
    this.#next = null
  }
}
