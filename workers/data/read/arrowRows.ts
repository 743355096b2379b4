import {
  DateDay,
  Dictionary as DictionaryType,
  Int32,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  Utf8,
  type Vector,
} from 'apache-arrow'
import type { TableRule } from '../schema.ts'
import { noDate } from './dates.ts'
import type { Batch, Dictionary } from './batch.ts'

/** A batch as an Arrow table with the columns of the schema and `line`, the physical line in the file. */
export function arrowOf(batch: Batch, table: TableRule): Table {
  const { rows } = batch
  const vectors: Record<string, Vector> = {}
  for (const { name, type } of table.columns) {
    const values = batch.columns.get(name)!.subarray(0, rows)
    if (type === 'VARCHAR') vectors[name] = textVector(values as Int32Array, batch.dictionaries.get(name)!)
    else if (type === 'DATE') vectors[name] = dateVector(values as Int32Array)
    else if (type === 'TIMESTAMP') vectors[name] = timeVector(values as Float64Array)
    else vectors[name] = makeVector(values)
  }
  vectors.line = makeVector(batch.line.subarray(0, rows))
  return new Table(vectors)
}

function textVector(codes: Int32Array, { values }: Dictionary): Vector {
  return makeVector(
    makeData({
      type: new DictionaryType(new Utf8(), new Int32()),
      data: codes,
      dictionary: utf8Vector(values),
      length: codes.length,
      nullCount: 0,
    }),
  )
}

function dateVector(days: Int32Array): Vector {
  const length = days.length
  let nullCount = 0
  const nullBitmap = new Uint8Array(Math.ceil(length / 8))
  for (let i = 0; i < length; i++) {
    if (days[i] === noDate) nullCount++
    else nullBitmap[i >> 3] |= 1 << (i & 7)
  }
  const type = new DateDay()
  return makeVector(
    nullCount === 0
      ? makeData({ type, data: days, length, nullCount })
      : makeData({ type, data: days, length, nullCount, nullBitmap }),
  )
}

const twoTo32 = 2 ** 32

/** Epoch milliseconds as 64-bit integers, written as halves because a BigInt per row is slow. */
function timeVector(times: Float64Array): Vector {
  const length = times.length
  let nullCount = 0
  const nullBitmap = new Uint8Array(Math.ceil(length / 8))
  const halves = new Int32Array(length * 2)
  for (let i = 0; i < length; i++) {
    const time = times[i]
    if (time !== time) {
      nullCount++
      continue
    }
    nullBitmap[i >> 3] |= 1 << (i & 7)
    halves[2 * i] = time % twoTo32
    halves[2 * i + 1] = Math.floor(time / twoTo32)
  }
  const type = new TimestampMillisecond()
  const data = new BigInt64Array(halves.buffer)
  return makeVector(
    nullCount === 0
      ? makeData({ type, data, length, nullCount })
      : makeData({ type, data, length, nullCount, nullBitmap }),
  )
}

/** Built by hand, because Arrow's own builders compile code at run time, which the site's policy forbids. */
/** Of a UTF-16 unit in UTF-8. */
const mostBytesPerUnit = 3

function utf8Vector(texts: string[]): Vector<Utf8> {
  const encoder = new TextEncoder()
  const valueOffsets = new Int32Array(texts.length + 1)
  let bytes = new Uint8Array(texts.reduce((sum, { length }) => sum + length, mostBytesPerUnit))
  let used = 0
  for (let i = 0; i < texts.length; i++) {
    const most = used + texts[i].length * mostBytesPerUnit
    if (most > bytes.length) {
      const larger = new Uint8Array(most + bytes.length / 2)
      larger.set(bytes)
      bytes = larger
    }
    used += encoder.encodeInto(texts[i], bytes.subarray(used)).written
    valueOffsets[i + 1] = used
  }
  const data = bytes.subarray(0, used)
  return makeVector(makeData({ type: new Utf8(), valueOffsets, data, length: texts.length, nullCount: 0 }))
}
