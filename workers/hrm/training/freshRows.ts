import type { Batch, Carry } from '../model/index.ts'

const arrays = ['inputs', 'labels', 'targets', 'levels', 'ages', 'puzzleIds'] as const

/**
 * A batch for the next segment. Rows that did not halt keep what they have, so only as many fresh rows are
 * drawn as halted, and none of an epoch is passed over.
 */
export function freshRows({ halted, data }: Carry, draw: (rows: number) => Batch): Batch {
  const places = [...halted.keys()].filter((row) => halted[row] === 1)
  if (places.length === 0) return data
  const drawn = draw(places.length)
  if (places.length === data.rows) return drawn
  const batch: Batch = { ...data }
  for (const name of arrays) {
    const [values, fresh] = [data[name], drawn[name]]
    if (!values || !fresh) continue
    const width = fresh.length / drawn.rows
    const merged = values.slice()
    places.forEach((row, i) => merged.set(fresh.subarray(i * width, (i + 1) * width), row * width))
    Object.assign(batch, { [name]: merged })
  }
  return batch
}
