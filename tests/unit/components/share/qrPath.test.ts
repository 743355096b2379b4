import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { mostInCode, qrPath, quietZone } from '../../../../src/components/share/qrPath.ts'

/** The modules that a path fills. */
function filled(path: string, side: number): boolean[][] {
  const grid = Array.from({ length: side }, () => Array.from({ length: side }, () => false))
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    grid[Number(y)].fill(true, Number(x), Number(x) + Number(run))
  return grid
}

test('the picture of a link has the modules of its code, and four light ones all around', () => {
  const text = 'https://example.org/#v1.' + 'Ab3-_'.repeat(40)
  const code = qrPath(text)!
  const { data } = encode(text, { ecc: 'M', border: quietZone, boostEcc: false })
  const grid = filled(code.path, code.side)
  expect(grid).toEqual(data)
  const margin = [
    ...grid.slice(0, 4),
    ...grid.slice(-4),
    ...grid.map((row) => [...row.slice(0, 4), ...row.slice(-4)]),
  ]
  expect(margin.flat()).not.toContain(true)
})

test('what no code can hold has none', () => {
  expect(qrPath('a'.repeat(mostInCode))?.side).toBe(177 + 2 * quietZone)
  expect(qrPath('a'.repeat(mostInCode + 1))).toBe(null)
})
