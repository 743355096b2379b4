import type { Content, ImportPlan } from '../api.ts'
import type { TableName } from '../schema.ts'
import type { HeadRow } from '../inspect/layout.ts'

/** What a shape looks at. */
export interface ShapeHead {
  fileName: string
  /** Where the records lie in a JSON file. */
  path: string
  header: HeadRow | null
  /** Cells of the lines above it. */
  above: string[]
  /** The header as lower-case letters and digits; empty where there is none. */
  names: string[]
  /** Cells of the rows under it. */
  rows: string[][]
}

/** What a shape settles; everything else is looked for as in any file. */
export type ShapedPlan = Partial<Pick<ImportPlan, 'constants' | 'scales' | 'priceScale' | 'notes'>> & {
  /** Role → cell, over what the names tell; undefined takes a role away. */
  columns?: Record<string, number | undefined>
  /** '' asks the person. */
  symbol?: string
}

/** A kind of file that is known by its makers, told by its names and cells. */
export interface Shape {
  name: string
  kind: TableName
  content: Content
  fits(head: ShapeHead): boolean
  plan?(head: ShapeHead): ShapedPlan
}

export function hasAll(names: string[], wanted: string[]): boolean {
  return wanted.every((name) => names.includes(name))
}

export function hasAny(names: string[], wanted: string[]): boolean {
  return wanted.some((name) => names.includes(name))
}

/** Cell of the first of the names that is there; undefined where none is. */
export function cellOf(names: string[], ...wanted: string[]): number | undefined {
  const name = wanted.find((candidate) => names.includes(candidate))
  return name === undefined ? undefined : names.indexOf(name)
}

/** Whether the cells of nearly all rows look so; false where there are none. */
export function mostCells(rows: string[][], cell: number, pattern: RegExp): boolean {
  const filled = rows.map((cells) => cells[cell] ?? '').filter((text) => text !== '')
  return filled.length > 0 && filled.filter((text) => pattern.test(text)).length >= filled.length * 0.9
}

/** Whether nearly all rows are so; false where there are none. */
export function mostRows(rows: string[][], fits: (cells: string[]) => boolean): boolean {
  return rows.length > 0 && rows.filter(fits).length >= rows.length * 0.9
}
