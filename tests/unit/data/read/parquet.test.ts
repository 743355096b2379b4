import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { file, isWhole, readAll } from './recordFiles.ts'

const rows = 2500
const at = (i: number) => Date.UTC(2024, 0, 2, 9, 30, 0, 250) + i * 86_400_000

function flights(codec: 'UNCOMPRESSED' | 'SNAPPY' = 'SNAPPY'): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        {
          name: 'icao24',
          data: Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? null : `a0"${i}`)),
        },
        { name: 'seats', data: Array.from({ length: rows }, (_, i) => BigInt(i) + 2n ** 60n) },
        { name: 'price', data: Array.from({ length: rows }, (_, i) => i + 0.05) },
        { name: 'day', data: Array.from({ length: rows }, (_, i) => new Date(at(i))) },
        { name: 'time', data: Array.from({ length: rows }, (_, i) => new Date(at(i))) },
        {
          name: 'speed',
          data: Array.from({ length: rows }, (_, i) => (i === 3 ? NaN : i / 4)),
        },
        { name: 'ground', data: Array.from({ length: rows }, (_, i) => i % 2 === 0) },
      ],
      schema: [
        { name: 'root', num_children: 7 },
        { name: 'icao24', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'seats', type: 'INT64', repetition_type: 'REQUIRED' },
        {
          name: 'price',
          type: 'INT32',
          converted_type: 'DECIMAL',
          scale: 2,
          precision: 9,
          repetition_type: 'REQUIRED',
        },
        { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
        { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
        { name: 'speed', type: 'DOUBLE', repetition_type: 'REQUIRED' },
        { name: 'ground', type: 'BOOLEAN', repetition_type: 'REQUIRED' },
      ],
      rowGroupSize: 1000,
      codec,
    }),
  )
}

it.each(['UNCOMPRESSED', 'SNAPPY'] as const)(
  'Parquet, %s: every row group in order, times in UTC, decimals and long integers whole',
  async (codec) => {
    const parquet = file('flights.parquet', flights(codec))
    const read = await readAll(parquet)
    expect(read.columns).toEqual(['icao24', 'seats', 'price', 'day', 'time', 'speed', 'ground'])
    expect(read.rows).toHaveLength(rows)
    expect(read.rows[0]).toEqual([
      '',
      '1152921504606846976',
      '0.05',
      '2024-01-02',
      '2024-01-02T09:30:00.250Z',
      '0',
      'true',
    ])
    expect(read.rows[3][5]).toBe('')
    expect(read.rows[2498]).toEqual([
      'a0"2498',
      '1152921504606849474',
      '2498.05',
      '2030-11-04',
      '2030-11-04T09:30:00.250Z',
      '624.5',
      'true',
    ])
    expect(read.lines.at(-1)).toBe(2500)
    expect(await isWhole(read, parquet)).toBe(true)
  },
)

it('a Parquet file cut off, or changed inside, ends in a sentence', async () => {
  const bytes = flights()
  await expect(readAll(file('f.parquet', bytes.slice(0, 9000)))).rejects.toThrow(
    /f\.parquet cannot be read as Parquet.*Download it again/,
  )
  const changed = bytes.slice()
  changed.fill(255, 4, 3000)
  await expect(readAll(file('f.parquet', changed))).rejects.toThrow(/cannot be read as Parquet/)
})
