/** Rows read at once where nothing is learnt: enough to keep the machine busy, few enough to stay in its cache. */
const readAtOnce = 64

export function piecesOf(rows: Int32Array): Int32Array[] {
  const pieces: Int32Array[] = []
  for (let from = 0; from < rows.length; from += readAtOnce)
    pieces.push(rows.subarray(from, from + readAtOnce))
  return pieces
}
