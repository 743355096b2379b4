export interface TipRow {
  name: string
  values: string[]
  /** Colour of the mark before the name, as CSS. */
  colour?: string
}

/** What is said about one place of a chart; text only, so a name from a file stays text. */
export interface Tip {
  title: string
  rows: TipRow[]
}

const DISTANCE = 14

/** Left edge of a tip beside the pointer, on the side with more room, so that the point is never covered. */
export function besidePoint(x: number, tipWidth: number, chartWidth: number): number {
  const right = x + DISTANCE
  const left = x - DISTANCE - tipWidth
  if (right + tipWidth <= chartWidth) return right
  return left >= 0 || x > chartWidth / 2 ? left : right
}
