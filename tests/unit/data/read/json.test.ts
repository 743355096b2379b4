import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { file, isWhole, readAll } from './recordFiles.ts'

const bars = [
  { date: '2024-01-02', close: 10.5, note: null },
  { date: '2024-01-03', close: 1e-7, note: 'a "b", c\nd' },
]
const barRows = [
  ['2024-01-02', '10.5', ''],
  ['2024-01-03', '1e-7', 'a "b", c\nd'],
]

describe('JSON files as records', () => {
  it('an array of objects: a column per name, in whatever order the names come', async () => {
    const read = await readAll(file('bars.json', [...bars, { note: 'x', date: '2024-01-04', extra: true }]))
    expect(read.columns).toEqual(['date', 'close', 'note', 'extra'])
    expect(read.rows).toEqual([...barRows.map((row) => [...row, '']), ['2024-01-04', '', 'x', 'true']])
    expect(read.lines).toEqual([1, 2, 3])
  })

  it('quotes survive as they are, even two in a row and at the ends of a cell', async () => {
    const texts = ['"', '""', 'a""b', '"a"', "'", ',', '"a","b"', 'ends with "']
    const read = await readAll(
      file(
        't.json',
        texts.map((a) => ({ a, b: a })),
      ),
    )
    expect(read.rows).toEqual(texts.map((text) => [text, text]))
  })

  it('padding around a text goes, as in CSV; letters of every script stay', async () => {
    const read = await readAll(
      file('t.json', [
        { callsign: 'HBFWA   ', name: 'Zürich 東京 🛩' },
        { callsign: '', name: ' ' },
      ]),
    )
    expect(read.rows).toEqual([
      ['HBFWA', 'Zürich 東京 🛩'],
      ['', ''],
    ])
  })

  it('nested objects get dots; things with names are joined; other lists stay JSON', async () => {
    const issue = {
      author: { login: 'octocat', plan: { name: 'free' } },
      labels: [{ name: 'bug', color: 'f00' }, { name: 'ui' }],
      steps: ['one', 'two'],
      none: [],
      updates: [{ at: 1 }],
    }
    const read = await readAll(file('t.json', [issue]))
    expect(Object.fromEntries(read.columns.map((name, i) => [name, read.rows[0][i]]))).toEqual({
      'author.login': 'octocat',
      'author.plan.name': 'free',
      labels: 'bug, ui',
      steps: '["one","two"]',
      none: '',
      updates: '[{"at":1}]',
    })
    expect([read.path, read.paths]).toEqual(['', ['', 'labels', 'updates'].sort()])
  })

  it('the largest list inside an object, with the scalars around it as columns', async () => {
    const read = await readAll(
      file('npm.json', {
        downloads: [
          { downloads: 5, day: '2024-01-01' },
          { downloads: 7, day: '2024-01-02' },
        ],
        start: '2024-01-01',
        package: 'jquery',
      }),
    )
    expect(read.path).toBe('downloads')
    expect(read.columns).toEqual(['downloads', 'day', 'start', 'package'])
    expect(read.rows[1]).toEqual(['7', '2024-01-02', '2024-01-01', 'jquery'])
  })

  it('another list of the same file where the person chooses it', async () => {
    const both = file('status.json', {
      archive: [{ id: 1 }, { id: 2 }],
      current: [{ number: 3, open: true }],
    })
    expect((await readAll(both)).paths).toEqual(['archive', 'current'])
    expect((await readAll(both, 'current')).rows).toEqual([['3', 'true']])
  })

  it('an object of objects: its keys are a column, and stay text', async () => {
    const read = await readAll(
      file('types.json', { A10: { desc: 'L2J', wtc: 'M' }, E145: { desc: 'L2J', wtc: 'M' } }),
    )
    expect(read.columns).toEqual(['key', 'desc', 'wtc'])
    expect(read.rows.map(([key]) => key)).toEqual(['A10', 'E145'])
  })

  it('lists by key, and the lists that objects by key hold', async () => {
    const bySymbol = await readAll(file('p.json', { AAPL: bars, MSFT: bars.slice(1) }))
    expect(bySymbol.rows.map(([key, date]) => [key, date])).toEqual([
      ['AAPL', '2024-01-02'],
      ['AAPL', '2024-01-03'],
      ['MSFT', '2024-01-03'],
    ])
    const day = (n: number) => ({ day: `2024-01-0${n}`, downloads: n })
    const bulk = await readAll(
      file('bulk.json', {
        vue: { package: 'vue', downloads: [day(1), day(2)] },
        react: { package: 'react', downloads: [day(1), day(2)] },
      }),
    )
    expect(bulk.path).toBe('downloads')
    expect(bulk.rows[3]).toEqual(['react', '2024-01-02', '2', 'react'])
  })

  it('pairs inside records: one record each, the fields of their parent beside them', async () => {
    const read = await readAll(
      file('ppa.json', {
        last_updated: '2026-07-24',
        binaries: [
          {
            name: 'sdk',
            count: 'x',
            counts: [
              ['2026-01-01', 3],
              ['2026-01-02', 4],
            ],
          },
          { name: 'runtime', counts: [['2026-01-01', 5]] },
        ],
      }),
    )
    expect(read.path).toBe('binaries.counts')
    expect(read.columns).toEqual(['day', 'count', 'last_updated', 'name', 'parent.count'])
    expect(read.rows).toEqual([
      ['2026-01-01', '3', '2026-07-24', 'sdk', 'x'],
      ['2026-01-02', '4', '2026-07-24', 'sdk', 'x'],
      ['2026-01-01', '5', '2026-07-24', 'runtime', ''],
    ])
  })

  it('state vectors of the OpenSky API by their places', async () => {
    const state = [
      '4b0f70',
      'HBFWA   ',
      'Switzerland',
      1630307631,
      1630307632,
      7.5,
      46.9,
      600.5,
      false,
      90,
      120,
      0,
      null,
      640,
      null,
      false,
      0,
    ]
    const read = await readAll(file('states.json', { time: 1630307640, states: [state, state] }))
    const [row] = read.rows
    const cell = (name: string) => row[read.columns.indexOf(name)]
    expect(
      ['icao24', 'callsign', 'longitude', 'latitude', 'on_ground', 'geo_altitude', 'time'].map(cell),
    ).toEqual(['4b0f70', 'HBFWA', '7.5', '46.9', 'false', '640', '1630307640'])
  })

  it('a list of lists under a row of names', async () => {
    const read = await readAll(
      file('t.json', [
        ['date', 'close'],
        ['2024-01-02', 10],
        ['2024-01-03', 11],
      ]),
    )
    expect(read.columns).toEqual(['date', 'close'])
    expect(read.rows).toEqual([
      ['2024-01-02', '10'],
      ['2024-01-03', '11'],
    ])
  })

  it('NaN and Infinity, which Python writes, are missing; the same words in a text stay', async () => {
    const read = await readAll(file('t.json', '[{"a": NaN, "b": -Infinity, "c": "NaN", "d": "x\\" NaN"}]'))
    expect(read.rows).toEqual([['', '', 'NaN', 'x" NaN']])
  })

  it('a record that is broken is handed on alone; the others are read', async () => {
    const read = await readAll(file('t.json', '[{"a":1,"b":2},{"a":1,,"b":2},5,{"a":3,"b":4}]'))
    expect(read.rows).toEqual([['1', '2'], ['{"a":1,,"b":2}'], ['5'], ['3', '4']])
  })

  it('many records, cut anywhere into chunks, with brackets and quotes in their texts; the bytes are handed on', async () => {
    const records = Array.from({ length: 60_000 }, (_, i) => ({
      i,
      text: `]}"[{,\\ ${'x'.repeat(i % 40)}`,
      deep: { list: [i, [i]] },
    }))
    const large = file('large.json', JSON.stringify(records, null, 1))
    const read = await readAll(large)
    expect(read.rows).toHaveLength(60_000)
    expect(read.rows[59_999]).toEqual(['59999', `]}"[{,\\ ${'x'.repeat(59_999 % 40)}`, '[59999,[59999]]'])
    expect(await isWhole(read, large)).toBe(true)
  })

  it('gzip, a byte-order mark, UTF-16', async () => {
    const text = JSON.stringify(bars)
    const packed = file('bars.json.gz', gzipSync(new TextEncoder().encode(text)))
    expect((await readAll(packed)).rows).toEqual(barRows)
    expect(await isWhole(await readAll(packed), packed)).toBe(true)
    expect((await readAll(file('b.json', `\ufeff${text}`))).rows).toEqual(barRows)
    expect(
      (await readAll(file('b.json', new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))))).rows,
    ).toEqual(barRows)
  })

  it.each([
    ['a list cut off', '[{"a":1},{"a":', /cut\.json ends in the middle of record 2.*download it again/],
    ['an object cut off', '{"data":[{"a":1}', /cut\.json is no complete JSON file/],
    ['a list with something after it', '[{"a":1}] x', /goes on after the end/],
    ['an empty list', '[]', /holds no records/],
    ['an empty object', '{}', /holds no records/],
    ['numbers alone', '[1, 2, 3]', /holds no records/],
  ])('%s ends in a sentence', async (_, text, sentence) => {
    await expect(readAll(file('cut.json', text))).rejects.toThrow(sentence)
  })
})

describe('NDJSON files as records', () => {
  it('one record a line; lines that are none are handed on with their number', async () => {
    const read = await readAll(
      file('t.ndjson', '{"a":1,"b":"x"}\r\n\r\n{"a":2\r\nnonsense\r\n{"b":"y","a":3}'),
    )
    expect(read.format).toBe('ndjson')
    expect(read.rows).toEqual([['1', 'x'], ['{"a":2'], ['nonsense'], ['3', 'y']])
    expect(read.lines).toEqual([1, 3, 4, 5])
  })

  it('columns that only later lines have are found in the first part of the file', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify(i < 2000 ? { a: i } : { a: i, late: i }),
    )
    const read = await readAll(file('t.jsonl.gz', gzipSync(new TextEncoder().encode(lines.join('\n')))))
    expect(read.columns).toEqual(['a', 'late'])
    expect(read.rows[2999]).toEqual(['2999', '2999'])
  })
})
