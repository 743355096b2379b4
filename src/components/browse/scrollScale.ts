/** Browsers stop at some 16 to 33 million pixels; well below that a long table scrolls on a smaller scale. */
const tallest = 8_000_000

export interface ScrollScale {
  /** Pixels of the element that is scrolled, without the head of the table. */
  height: number
  /** The first row in sight, with its hidden fraction, at a scroll position. */
  rowAt(scrollTop: number): number
  /** The scroll position at which that row is the first in sight. */
  positionOf(row: number): number
  /** A pixel of scrolling is a pixel of rows. */
  exact: boolean
}

/** @param viewport pixels in which rows are seen */
export function scrollScale(rows: number, rowHeight: number, viewport: number): ScrollScale {
  const full = rows * rowHeight
  if (full <= tallest) {
    return {
      height: full,
      exact: true,
      rowAt: (scrollTop) => Math.max(0, scrollTop / rowHeight),
      positionOf: (row) => row * rowHeight,
    }
  }
  const last = lastFirstRow(rows, rowHeight, viewport)
  const range = tallest - viewport
  return {
    height: tallest,
    exact: false,
    rowAt: (scrollTop) => Math.max(0, Math.min(1, scrollTop / range)) * last,
    positionOf: (row) => (Math.max(0, Math.min(last, row)) / last) * range,
  }
}

/** The first row in sight at the very end of the table. */
export function lastFirstRow(rows: number, rowHeight: number, viewport: number): number {
  return Math.max(0, rows - viewport / rowHeight)
}
