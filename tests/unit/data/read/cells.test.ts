import { describe, expect, it } from 'vitest'
import { CellSpans, splitCells } from '../../../../workers/data/read/cells.ts'

function cells(line: string): string[] | 'open' {
  const bytes = new TextEncoder().encode(line)
  const spans = new CellSpans()
  splitCells(bytes, 0, bytes.length, 44, spans)
  return spans.count === -1 ? 'open' : Array.from({ length: spans.count }, (_, i) => spans.text(i))
}

describe('the cells of a line', () => {
  it('hold quotes that are doubled, and quotes behind a backslash or a zero byte', () => {
    expect(cells('a,"12"" wide, red",c')).toEqual(['a', '12" wide, red', 'c'])
    expect(cells('a,"12\\" wide, red",c')).toEqual(['a', '12" wide, red', 'c'])
    expect(cells('a,"Round 48\\"","Made, here"')).toEqual(['a', 'Round 48"', 'Made, here'])
    expect(cells('a,"Round 48\u0000"",c')).toEqual(['a', 'Round 48"', 'c'])
  })

  it('end a path that ends with a backslash where its quote closes', () => {
    expect(cells('"C:\\data\\",2')).toEqual(['C:\\data\\', '2'])
  })

  it('are plain text where a quote closes nowhere sensible', () => {
    expect(cells('37°36\'37.8"N,Modesto')).toEqual(['37°36\'37.8"N', 'Modesto'])
    expect(cells('"a" b,c')).toEqual(['"a" b', 'c'])
    expect(cells('"never closed,c')).toBe('open')
  })
})
