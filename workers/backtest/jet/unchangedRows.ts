import type { JetRows } from '../../systems/jetFeatures.ts'

/**
 * Which rows say what they said before.
 *
 * @param among rows of `before` to be looked at
 * @returns [rows of now] place in `among` of the row about the same, with the same features; −1 = there is none
 */
export function unchangedRows(now: JetRows, before: JetRows, among: Int32Array): Int32Array {
  const key = (rows: JetRows, row: number) => `${rows.known[row]} ${rows.company[row]} ${rows.visited[row]}`
  const places = new Map(Array.from(among, (row, place) => [key(before, row), place]))
  return Int32Array.from({ length: now.rows }, (_, row) => {
    const place = places.get(key(now, row))
    return place !== undefined && sameFeatures(now, row, before, among[place]) ? place : -1
  })
}

function sameFeatures(a: JetRows, rowA: number, b: JetRows, rowB: number): boolean {
  const alike = (left: ArrayLike<number>, right: ArrayLike<number>, width: number) => {
    for (let i = 0; i < width; i++)
      if (!Object.is(left[rowA * width + i], right[rowB * width + i])) return false
    return true
  }
  const { length, names } = a.sequence
  return (
    alike(a.flat.values, b.flat.values, a.flat.names.length) &&
    alike(a.sequence.values, b.sequence.values, length * names.length) &&
    alike(a.sequence.levels, b.sequence.levels, length) &&
    alike(a.sequence.ages, b.sequence.ages, length)
  )
}
