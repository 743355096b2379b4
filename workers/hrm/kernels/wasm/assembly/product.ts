import { madd } from './vector'

// A tile of 4 rows × 8 columns of the result is held in registers: with the operands, 11 of WebAssembly's 16.
const rowsOfTile = 4
const columnsOfTile = 8
const bytesOfTile = 4 * rowsOfTile * columnsOfTile
/** So much of the inner dimension at a time, that a panel of both operands stays in the nearest cache. */
const depth = 256

/** Bytes of scratch a product with so many columns needs. */
export function productScratch(n: i32, k: i32): i32 {
  const panels = (n + columnsOfTile - 1) / columnsOfTile
  return bytesOfTile + 4 * min(k, depth) * (rowsOfTile + columnsOfTile * panels)
}

/**
 * c[i, j] = Σ_k a[i, k] · b[k, j], for i < m, j < n. Steps are in floats, from one row, column or k to the next, so
 * that either operand may lie transposed, or in a corner of something wider. The columns of c lie side by side.
 *
 * Both operands are copied into panels in the order in which the tiles read them (Goto and van de Geijn 2008), which
 * makes the three products of a linear layer equally fast, whichever way their operands lie.
 */
export function product(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aDepth: i32,
  b: usize,
  bColumn: i32,
  bDepth: i32,
  c: usize,
  cRow: i32,
  scratch: usize,
): void {
  const strip = scratch + bytesOfTile
  const panels = strip + 4 * min(k, depth) * rowsOfTile
  const cStep = 4 * cRow
  for (let from = 0; from < k; from += depth) {
    const along = min(depth, k - from)
    const more = from > 0
    pack(b + 4 * from * bDepth, bColumn, bDepth, n, along, columnsOfTile, panels)
    for (let i = 0; i < m; i += rowsOfTile) {
      const rows = min(rowsOfTile, m - i)
      pack(a + 4 * (i * aRow + from * aDepth), aRow, aDepth, rows, along, rowsOfTile, strip)
      for (let j = 0; j < n; j += columnsOfTile) {
        const columns = min(columnsOfTile, n - j)
        const panel = panels + 4 * j * along
        const to = c + i * cStep + 4 * j
        if (rows == rowsOfTile && columns == columnsOfTile) {
          tile(along, strip, panel, to, cStep, more)
        } else {
          tile(along, strip, panel, scratch, 4 * columnsOfTile, false)
          putPart(scratch, rows, columns, to, cStep, more)
        }
      }
    }
  }
}

/**
 * Copies lines (rows of a, columns of b) into panels of `width` lines [lines / width, along, width], the last one
 * filled up with zeros.
 */
function pack(from: usize, line: i32, step: i32, lines: i32, along: i32, width: i32, to: usize): void {
  const panel = 4 * width * along
  for (let first = 0; first < lines; first += 4) {
    const at = from + 4 * first * line
    const into = to + (first / width) * panel + 4 * (first % width)
    if (lines - first < 4) packFew(at, line, step, lines - first, along, width, into)
    else if (line == 1) packSideBySide(at, step, along, width, into)
    else if (step == 1) packTransposed(at, line, along, width, into)
    else packFew(at, line, step, 4, along, width, into)
  }
  // The second half of a panel of eight that has at most four lines.
  const used = ((lines + 3) / 4) * 4
  if (used % width != 0)
    packFew(from, 0, 0, 0, along, width, to + (used / width) * panel + 4 * (used % width))
}

/** Four lines that lie side by side. */
function packSideBySide(at: usize, step: i32, along: i32, width: i32, to: usize): void {
  for (; along > 0; along--) {
    v128.store(to, v128.load(at))
    at += 4 * step
    to += 4 * width
  }
}

/** Four lines, each of which lies one value after the other: blocks of 4 × 4 are transposed. */
function packTransposed(at: usize, line: i32, along: i32, width: i32, to: usize): void {
  const next = 4 * line
  const out = 4 * width
  for (; along >= 4; along -= 4) {
    const a = v128.load(at)
    const b = v128.load(at + next)
    const c = v128.load(at + 2 * next)
    const d = v128.load(at + 3 * next)
    const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f64>(abLow, cdLow, 0, 2))
    v128.store(to + out, v128.shuffle<f64>(abLow, cdLow, 1, 3))
    v128.store(to + 2 * out, v128.shuffle<f64>(abHigh, cdHigh, 0, 2))
    v128.store(to + 3 * out, v128.shuffle<f64>(abHigh, cdHigh, 1, 3))
    at += 16
    to += 4 * out
  }
  packFew(at, line, 1, 4, along, width, to)
}

/** Up to four lines, value by value, and zeros up to four. */
function packFew(at: usize, line: i32, step: i32, lines: i32, along: i32, width: i32, to: usize): void {
  for (; along > 0; along--) {
    for (let i = 0; i < 4; i++) store<f32>(to + 4 * i, i < lines ? load<f32>(at + 4 * i * line) : 0)
    at += 4 * step
    to += 4 * width
  }
}

/** 4 × 8 sums of products of two panels, stored in c or added to what is there; cStep in bytes. */
function tile(along: i32, a: usize, b: usize, c: usize, cStep: i32, more: bool): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  for (; along > 0; along--) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a)
    c00 = madd(a0, b0, c00)
    c01 = madd(a0, b1, c01)
    const a1 = v128.load_splat<f32>(a, 4)
    c10 = madd(a1, b0, c10)
    c11 = madd(a1, b1, c11)
    const a2 = v128.load_splat<f32>(a, 8)
    c20 = madd(a2, b0, c20)
    c21 = madd(a2, b1, c21)
    const a3 = v128.load_splat<f32>(a, 12)
    c30 = madd(a3, b0, c30)
    c31 = madd(a3, b1, c31)
    a += 16
    b += 32
  }
  putRow(c, c00, c01, more)
  putRow(c + cStep, c10, c11, more)
  putRow(c + 2 * cStep, c20, c21, more)
  putRow(c + 3 * cStep, c30, c31, more)
}

function putRow(at: usize, left: v128, right: v128, more: bool): void {
  v128.store(at, more ? f32x4.add(v128.load(at), left) : left)
  v128.store(at, more ? f32x4.add(v128.load(at, 16), right) : right, 16)
}

/** The part of a tile that lies within c. */
function putPart(from: usize, rows: i32, columns: i32, c: usize, cStep: i32, more: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = load<f32>(from + 4 * (i * columnsOfTile + j))
      const at = c + i * cStep + 4 * j
      store<f32>(at, more ? load<f32>(at) + value : value)
    }
  }
}
