export interface GridColumn {
  name: string
  /** Numbers stand to the right. */
  numeric: boolean
  /** What it holds, for the title of the head. */
  doc: string
  /** Pixels. */
  width: number
}

const perLetter = 7.6
const narrowest = 84
const widest = 300

/** Wide enough for the head and for what the first rows hold, so that nothing moves while scrolling. */
export function columnWidth(name: string, cells: (string | null)[], atLeast = narrowest): number {
  const longest = cells.reduce((most, cell) => Math.max(most, cell?.length ?? 0), name.length + 3)
  return Math.round(Math.min(widest, Math.max(atLeast, longest * perLetter + 22)))
}
