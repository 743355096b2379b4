import { Random } from '../../../../workers/quant/random.ts'
import type { RowDataset } from '../../../../workers/quant/rows.ts'

export interface SyntheticSize {
  rows: number
  /** Tokens a row. */
  length: number
  seed: number
  /** Share of the rows whose labels are what the features say; the others are drawn at random. */
  signal: number
}

/** First epoch day. */
const firstDay = 18_000
const entities = 8
const target = 2

/**
 * Rows whose answer is known: the summary token carries a number, of which buy, hold and sell are the thirds, and the
 * sum of what two later tokens carry names the targets, one row in five. The flat features hold both.
 */
export function syntheticRows({ rows, length, seed, signal }: SyntheticSize): RowDataset {
  const random = new Random(seed)
  const uniform = () => 2 * random.uniform() - 1
  const names = ['first', 'second', 'noise']
  const values = new Float32Array(rows * length * names.length)
  const levels = new Int8Array(rows * length)
  const ages = new Uint8Array(rows * length)
  const flat = new Float32Array(rows * 3)
  const conviction = new Int32Array(rows)
  const event = new Int32Array(rows)
  const value = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    for (let token = 0; token < length; token++) {
      const at = row * length + token
      // The last token is empty in every third row.
      levels[at] = token === 0 ? 0 : token === length - 1 && row % 3 === 0 ? -1 : 1
      ages[at] = token
      const own = [uniform(), token === 0 ? NaN : 100 + 10 * uniform(), uniform()]
      values.set(levels[at] < 0 ? [NaN, NaN, NaN] : own, at * names.length)
    }
    const summary = values[row * length * names.length]
    const later = [1, 2].map((token) => (values[(row * length + token) * names.length + 1] - 100) / 10)
    const heat = later[0] + later[1]
    flat.set([summary, heat, row % 5 === 0 ? NaN : uniform()], row * 3)
    const known = random.uniform() < signal
    const says = known ? [summary, heat] : [uniform(), uniform() + uniform()]
    conviction[row] = says[0] < -1 / 3 ? 0 : says[0] < 1 / 3 ? 1 : 2
    // The sum of two uniform numbers is above 0.74 in a fifth of the cases.
    event[row] = says[1] > 0.735 ? target : 0
    value[row] = row % 4 === 0 ? NaN : 0.05 + 0.02 * says[1]
  }
  const known = Int32Array.from({ length: rows }, (_, row) => firstDay + Math.floor(row / 2))
  const [validationFrom, testFrom] = [Math.floor(rows * 0.6), Math.floor(rows * 0.8)]
  const heldOut = entities - 1
  const entity = Int32Array.from({ length: rows }, (_, row) => row % entities)
  const part = (from: number, to: number, own: (row: number) => boolean) =>
    Int32Array.from({ length: to - from }, (_, i) => from + i).filter(own)
  return {
    rows,
    hash: `synthetic-${rows}-${length}-${seed}-${signal}`,
    title: `${rows} rows drawn for a test`,
    simulated: true,
    flat: { values: flat, names: ['summary', 'heat', 'nothing'] },
    sequence: { length, values, names, levels, levelNames: ['summary', 'leg'], ages, ageBuckets: length },
    labels: [
      { name: 'conviction', classes: ['sell', 'hold', 'buy'], values: conviction },
      { name: 'event', classes: ['none', 'acquirer', 'target'], values: event },
    ],
    value: { name: 'adverse', values: value },
    known,
    resolved: known.map((day) => day + 4),
    eventDay: known.map((day, row) => (event[row] === target ? day + 3 : -1)),
    entity,
    entities,
    judged: Uint8Array.from({ length: rows }, (_, row) => Number(row % 10 !== 9)),
    rules: [{ name: 'heat', scores: Float64Array.from({ length: rows }, (_, row) => flat[row * 3 + 1]) }],
    split: {
      train: part(0, validationFrom - 10, (row) => entity[row] !== heldOut),
      validation: part(validationFrom, testFrom - 10, (row) => entity[row] !== heldOut),
      test: part(testFrom, rows, (row) => entity[row] !== heldOut),
      unseen: part(testFrom, rows, (row) => entity[row] === heldOut),
      validationFrom: known[validationFrom],
      testFrom: known[testFrom],
      purged: 20,
      heldOut: 0,
    },
  }
}
