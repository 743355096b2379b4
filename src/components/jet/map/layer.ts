import { inSlices } from './slices.ts'
import { visible } from './view.ts'
import type { Bounds } from './plane.ts'
import type { Pen } from './paint.ts'
import type { Size, View } from './view.ts'

/** Pixels drawn around what is on screen, so that a short drag shows no gap. */
const margin = 80

export type Paint = (pen: Pen, view: View, shown: Bounds) => Iterator<void>

/**
 * A picture of one view, drawn aside in slices and kept: until the picture of a newer view is finished, the old one is
 * shown, moved and scaled to where it belongs.
 */
export class Layer {
  #shown: { canvas: HTMLCanvasElement; view: View; size: Size } | null = null
  #spare: HTMLCanvasElement | null = null
  #stop = (): void => undefined

  /** @param ratio device pixels a CSS pixel */
  paint(view: View, size: Size, ratio: number, paint: Paint, done: () => void): void {
    this.#stop()
    const canvas = this.#spare ?? document.createElement('canvas')
    this.#spare = canvas
    // Setting a size clears the canvas, too.
    canvas.width = Math.round((size.width + 2 * margin) * ratio)
    canvas.height = Math.round((size.height + 2 * margin) * ratio)
    const pen = canvas.getContext('2d')
    if (!pen) return
    pen.setTransform(ratio, 0, 0, ratio, margin * ratio, margin * ratio)
    this.#stop = inSlices(paint(pen, view, visible(view, size, margin)), () => {
      this.#spare = this.#shown?.canvas ?? null
      this.#shown = { canvas, view, size }
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
    this.#stop()
  }
}
