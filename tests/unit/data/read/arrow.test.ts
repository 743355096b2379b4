import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { file, isWhole, readAll } from './recordFiles.ts'

/** One for all batches, as the file format asks for. */
const addresses = vectorFromArray(['a"0', 'a"1', 'a"2'], new Utf8())

function batch(from: number, rows: number): Table {
  const numbers = Array.from({ length: rows }, (_, i) => from + i)
  const micro = BigInt64Array.from(numbers, (i) => BigInt(Date.UTC(2024, 0, 2, 9, 30) + i * 1000) * 1000n)
  return new Table({
    icao24: makeVector(
      makeData({
        type: new Dictionary(new Utf8(), new Int32(), 1),
        data: Int32Array.from(numbers, (i) => i % 3),
        nullBitmap:
          from === 0
            ? Uint8Array.from({ length: 200 }, (_, byte) => (byte === 0 ? 0b11111101 : 255))
            : undefined,
        dictionary: addresses,
      }),
    ),
    seats: vectorFromArray(
      numbers.map((i) => BigInt(i) + 2n ** 60n),
      new Int64(),
    ),
    day: makeVector(makeData({ type: new DateDay(), data: Int32Array.from(numbers, (i) => 19_724 + i) })),
    time: makeVector(makeData({ type: new TimestampMicrosecond('UTC'), data: micro })),
    speed: vectorFromArray(
      numbers.map((i) => i / 4),
      new Float64(),
    ),
    ground: vectorFromArray(
      numbers.map((i) => i % 2 === 0),
      new Bool(),
    ),
    place: vectorFromArray(
      numbers.map((i) => ({ code: `X${i}`, runways: i })),
      new Struct([new Field('code', new Utf8()), new Field('runways', new Int32())]),
    ),
  })
}

const columns = ['icao24', 'seats', 'day', 'time', 'speed', 'ground', 'place.code', 'place.runways']
const first = ['a"0', '1152921504606846976', '2024-01-02', '2024-01-02T09:30:00.000Z', '0', 'true', 'X0', '0']

describe('Arrow files as records', () => {
  it.each(['file', 'stream'] as const)('a %s of several batches, whole and in order', async (kind) => {
    const table = batch(0, 1500).concat(batch(1500, 1000))
    const arrow = file(`t.${kind}`, tableToIPC(table, kind))
    const read = await readAll(arrow)
    expect(read.columns).toEqual(columns)
    expect(read.rows).toHaveLength(2500)
    expect(read.rows[0]).toEqual(first)
    expect(read.rows[1][0]).toBe('')
    expect(read.rows[2499].slice(-2)).toEqual(['X2499', '2499'])
    expect(await isWhole(read, arrow)).toBe(true)
  })

  it('decimals keep their places and their sign', async () => {
    const data = new Uint32Array(8)
    data.set([1234567, 0, 0, 0], 0)
    data.set([0xfffffffb, 0xffffffff, 0xffffffff, 0xffffffff], 4)
    const type = new Decimal(2, 12)
    const rows = makeData({ type, data, length: 2, nullCount: 0 })
    const struct = makeData({ type: new Struct([new Field('price', type)]), children: [rows], length: 2 })
    const table = new Table([new RecordBatch(new Schema([new Field('price', type)]), struct)])
    expect((await readAll(file('t.arrow', tableToIPC(table, 'file')))).rows).toEqual([
      ['12345.67'],
      ['-0.05'],
    ])
  })

  it.each(['file', 'stream'] as const)('a %s cut off ends in a sentence', async (kind) => {
    const bytes = tableToIPC(batch(0, 1500), kind)
    await expect(readAll(file('t.arrow', bytes.slice(0, 20_000)))).rejects.toThrow(
      /t\.arrow .*cut off.*Download it again/,
    )
  })
})
