import { describe, expect, it } from 'vitest'
import type { Table } from '../../../../../workers/hrm/baselines/classifier.ts'
import { binRows, quantileCuts } from '../../../../../workers/hrm/baselines/trees/binning.ts'
import { TreeGrower } from '../../../../../workers/hrm/baselines/trees/grower.ts'
import type { TreeRules } from '../../../../../workers/hrm/baselines/trees/grower.ts'
import { leafScore, leafValue } from '../../../../../workers/hrm/baselines/trees/split.ts'
import { addTree } from '../../../../../workers/hrm/baselines/trees/tree.ts'
import { Random } from '../../../../../workers/quant/random.ts'
import { rowsFrom } from '../tables.ts'

const rules: TreeRules = { depth: 3, lambda: 0.7, minGain: 0.01, minChildWeight: 0.5 }

/** Few values per feature, some missing; gradients of either sign. */
function drawn(rows: number, width: number, seed: number, missing = 0.2) {
  const random = new Random(seed)
  const values = Float64Array.from({ length: rows * width }, () =>
    random.uniform() < missing ? NaN : random.below(7),
  )
  const gradients = Float64Array.from({ length: rows }, () => 2 * random.uniform() - 1)
  const hessians = Float64Array.from({ length: rows }, () => 0.05 + 0.2 * random.uniform())
  return { table: { values, width }, gradients, hessians }
}

function growerOf(table: Table, rows: number, own = rules): TreeGrower {
  const cuts = quantileCuts(table, rowsFrom(0, rows))
  return new TreeGrower(binRows(table, rowsFrom(0, rows), cuts), cuts, own)
}

function answers(tree: ReturnType<TreeGrower['grow']>, table: Table): Float64Array {
  const rows = table.values.length / table.width
  const out = new Float64Array(rows)
  addTree(tree, table, rowsFrom(0, rows), out, 1, 0)
  return out
}

/** Every split of every feature tried by counting rows, no histogram: what each row of the node is told. */
function bruteForce(
  { table, gradients, hessians }: ReturnType<typeof drawn>,
  rows: number[],
  depth: number,
  out: Float64Array,
): void {
  const sums = (chosen: number[]) => ({
    g: chosen.reduce((sum, row) => sum + gradients[row], 0),
    h: chosen.reduce((sum, row) => sum + hessians[row], 0),
  })
  const whole = sums(rows)
  let best = { gain: 0, left: [] as number[], right: [] as number[] }
  for (let feature = 0; depth > 0 && feature < table.width; feature++) {
    const value = (row: number) => table.values[row * table.width + feature]
    for (let cut = 0; cut <= 6; cut++) {
      for (const missingLeft of [false, true]) {
        const left = rows.filter((row) => (Number.isNaN(value(row)) ? missingLeft : value(row) <= cut))
        const right = rows.filter((row) => !left.includes(row))
        const [a, b] = [sums(left), sums(right)]
        if (a.h < rules.minChildWeight || b.h < rules.minChildWeight) continue
        const part = ({ g, h }: typeof a) => g ** 2 / (h + rules.lambda)
        const gain = 0.5 * (part(a) + part(b) - part(whole)) - rules.minGain
        if (gain > best.gain + 1e-12) best = { gain, left, right }
      }
    }
  }
  if (best.gain === 0) for (const row of rows) out[row] = -whole.g / (whole.h + rules.lambda)
  else {
    bruteForce({ table, gradients, hessians }, best.left, depth - 1, out)
    bruteForce({ table, gradients, hessians }, best.right, depth - 1, out)
  }
}

describe('the score and the value of a leaf', () => {
  it('are the bottom of the quadratic they stand for, and where it lies', () => {
    const loss = (value: number) => -1.3 * value + 0.5 * (2.1 + 0.7) * value * value
    const value = leafValue(-1.3, 2.1, 0.7)
    expect(loss(value)).toBeCloseTo(-leafScore(-1.3, 2.1, 0.7), 14)
    expect(loss(value + 0.01)).toBeGreaterThan(loss(value))
    expect(loss(value - 0.01)).toBeGreaterThan(loss(value))
  })
})

describe('a tree', () => {
  it.each([1, 2, 3, 4, 5, 6])('is the one found by trying every split of every node, seed %d', (seed) => {
    const data = drawn(60, 3, seed)
    const tree = growerOf(data.table, 60).grow(
      data.gradients,
      data.hessians,
      rowsFrom(0, 60),
      rowsFrom(0, 3),
      1,
    )
    const expected = new Float64Array(60)
    bruteForce(data, Array.from(rowsFrom(0, 60)), 3, expected)
    answers(tree, data.table).forEach((value, row) => expect(value).toBeCloseTo(expected[row], 10))
  })
  it('from a grower that has grown others is the same as from a new one', () => {
    const data = drawn(80, 4, 7)
    const grower = growerOf(data.table, 80)
    const once = () => grower.grow(data.gradients, data.hessians, rowsFrom(0, 80), rowsFrom(0, 4), 1)
    const first = once()
    grower.grow(data.hessians, data.hessians, rowsFrom(10, 30), rowsFrom(1, 2), 1)
    expect(once()).toEqual(first)
  })
  it('learns from the rows and asks about the features it was given, and no others', () => {
    const data = drawn(100, 4, 8)
    const rows = rowsFrom(0, 50)
    const grower = growerOf(data.table, 100)
    const tree = grower.grow(data.gradients, data.hessians, rows, Int32Array.of(1, 3), 1)
    expect(tree.feature.length).toBeGreaterThan(3)
    for (const feature of tree.feature) expect([-1, 1, 3]).toContain(feature)
    const others = data.gradients.map((value, row) => (row < 50 ? value : -5))
    expect(grower.grow(others, data.hessians, rows, Int32Array.of(1, 3), 1)).toEqual(tree)
  })
  it('never asks about a feature that does not vary, and is one leaf where none does', () => {
    const data = drawn(50, 2, 9, 0)
    for (let row = 0; row < 50; row++) data.table.values[2 * row] = 4
    const grow = (features: Int32Array) =>
      growerOf(data.table, 50).grow(data.gradients, data.hessians, rowsFrom(0, 50), features, 1)
    expect(Array.from(grow(rowsFrom(0, 2)).feature)).not.toContain(0)
    expect(grow(Int32Array.of(0)).feature).toEqual(Int32Array.of(-1))
  })
  it('splits by whether a value is missing where that is what tells', () => {
    const values = Float64Array.from({ length: 40 }, (_, row) => (row % 4 === 0 ? NaN : row % 3))
    const gradients = values.map((value) => (Number.isNaN(value) ? -1 : 1))
    const table = { values, width: 1 }
    const hessians = new Float64Array(40).fill(0.25)
    const tree = growerOf(table, 40).grow(gradients, hessians, rowsFrom(0, 40), rowsFrom(0, 1), 1)
    answers(tree, table).forEach((value, row) => expect(value > 0).toBe(Number.isNaN(values[row])))
  })
  it('sends a value that was never missing in training to the side with more rows', () => {
    const values = Float64Array.from({ length: 20 }, (_, row) => row)
    const gradients = values.map((value) => (value < 15 ? 1 : -1))
    const hessians = new Float64Array(20).fill(0.25)
    const grower = growerOf({ values, width: 1 }, 20, { ...rules, depth: 1 })
    const tree = grower.grow(gradients, hessians, rowsFrom(0, 20), rowsFrom(0, 1), 1)
    const [many, few, unknown] = answers(tree, { values: Float64Array.of(0, 19, NaN), width: 1 })
    expect(unknown).toBe(many)
    expect(unknown).not.toBe(few)
  })
  it('grows no deeper than allowed, and shrinks every answer', () => {
    const data = drawn(200, 3, 10)
    const grow = (depth: number, shrinkage: number) =>
      growerOf(data.table, 200, { ...rules, depth }).grow(
        data.gradients,
        data.hessians,
        rowsFrom(0, 200),
        rowsFrom(0, 3),
        shrinkage,
      )
    expect(grow(0, 1).feature).toHaveLength(1)
    expect(grow(1, 1).feature).toHaveLength(3)
    expect(grow(2, 1).feature.length).toBeLessThanOrEqual(7)
    const whole = answers(grow(2, 1), data.table)
    answers(grow(2, 0.1), data.table).forEach((value, row) => expect(value).toBeCloseTo(0.1 * whole[row], 12))
  })
})
