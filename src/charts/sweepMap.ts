import type { Frame } from './frame.ts'
import { extent, linearTicks, padded, position } from './scales.ts'

/** What a map of a sweep shows; one row is drawn as a line. */
export interface SweepMapData {
  /** Values of the axes as they are written, left to right and bottom to top. */
  columns: string[]
  rows: string[]
  xTitle: string
  yTitle: string
  /** [rows × columns] row-major; NaN where there is nothing. */
  values: ArrayLike<number>
  /** [rows × columns] medians of the surroundings; drawn beside a line. */
  neighbours: ArrayLike<number>
  /** Where the colours change from orange to blue. */
  centre: number
  /** As short as can be, with its sign, for a cell and for an axis. */
  text: (value: number) => string
  /** Cells that are marked; −1 = none. */
  best: number
  robust: number
}

export interface Tint {
  tone: 'gain' | 'loss' | 'none'
  /** 0–1, by the distance from the centre. */
  strength: number
}

export interface Tick {
  /** Pixels. */
  at: number
  text: string
}

export interface Mark {
  kind: 'best' | 'robust'
  x: number
  y: number
}

/** Pixels. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

interface Grid {
  plot: Box
  columns: number
  rows: number
  xTicks: Tick[]
  yTicks: Tick[]
  xTitle: string
  yTitle: string
  marks: Mark[]
}

export interface Heatmap extends Grid {
  kind: 'cells'
  cells: (Box & Tint & { text: string })[]
}

export interface SweepLine extends Grid {
  kind: 'line'
  /** Unbroken pieces of the line of values, and of the medians of the surroundings. */
  values: [x: number, y: number][][]
  neighbours: [x: number, y: number][][]
  /** Height of the centre; NaN where it is out of sight. */
  centre: number
}

export type SweepPicture = Heatmap | SweepLine

const LETTER = 6.4
const TOP = 24
const BOTTOM = 42
/** A cell this large holds its number. */
const ROOM = { width: 40, height: 15 }

/** Height in pixels that gives every row its room, within reason. */
export function sweepMapHeight(rows: number): number {
  return TOP + BOTTOM + (rows === 1 ? 220 : Math.max(160, Math.min(520, rows * 22)))
}

/**
 * The distance from the centre at which the colours are strongest: the 95th percentile, so that one wild cell
 * does not bleach all others. 0 where there is no spread.
 */
export function strongestOf(values: ArrayLike<number>, centre: number): number {
  const sizes = new Float64Array(values.length)
  let finite = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] - centre)
    if (Number.isFinite(size)) sizes[finite++] = size
  }
  const sorted = sizes.subarray(0, finite).sort()
  return sorted[Math.floor(finite * 0.95)] || sorted.at(-1) || 0
}

export function tintOf(value: number, centre: number, strongest: number): Tint {
  if (!Number.isFinite(value)) return { tone: 'none', strength: 0 }
  const strength = strongest > 0 ? Math.min(1, Math.abs(value - centre) / strongest) : 0
  return { tone: value < centre ? 'loss' : 'gain', strength }
}

/** The map as boxes, ticks and marks, or as a line where there is one axis; null without a single value. */
export function sweepPicture(data: SweepMapData, frame: Frame): SweepPicture | null {
  const some = Array.from(data.values).some(Number.isFinite)
  if (!some || data.columns.length === 0) return null
  return data.rows.length <= 1 ? line(data, frame) : heatmap(data, frame)
}

function heatmap(data: SweepMapData, { width, height }: Frame): Heatmap {
  const { columns, rows, values } = data
  const plot = plotOf(rows, width, height)
  const cellWidth = plot.width / columns.length
  const cellHeight = plot.height / rows.length
  const gap = Math.min(cellWidth, cellHeight) >= 8 ? 1 : 0
  const strongest = strongestOf(values, data.centre)
  const written = cellWidth >= ROOM.width && cellHeight >= ROOM.height
  const grid = { plot, columns: columns.length, rows: rows.length }
  const across = columns.map((_, column) => cellBox(grid, column, 0))
  const cells: Heatmap['cells'] = []
  for (let row = 0; row < rows.length; row++) {
    const { top, height: tall } = cellBox(grid, 0, row)
    for (let column = 0; column < columns.length; column++) {
      const value = values[row * columns.length + column]
      const { tone, strength } = tintOf(value, data.centre, strongest)
      cells.push({
        left: across[column].left,
        top,
        width: Math.max(1, across[column].width - gap),
        height: Math.max(1, tall - gap),
        tone,
        strength,
        text: written && Number.isFinite(value) ? data.text(value) : '',
      })
    }
  }
  const mark = (kind: Mark['kind'], cell: number): Mark[] => {
    if (cell < 0 || cell >= cells.length) return []
    const box = cells[cell]
    return [{ kind, x: box.left + box.width / 2, y: box.top + box.height / 2 }]
  }
  return {
    kind: 'cells',
    ...grid,
    cells,
    xTicks: columnTicks(columns, plot),
    yTicks: every(rows, Math.ceil(14 / cellHeight)).map(({ text, index }) => ({
      at: plot.top + plot.height - (index + 0.5) * cellHeight,
      text,
    })),
    xTitle: data.xTitle,
    yTitle: data.yTitle,
    marks: [...mark('best', data.best), ...mark('robust', data.robust)],
  }
}

function line(data: SweepMapData, { width, height }: Frame): SweepLine {
  const { columns, values, neighbours } = data
  const domain = padded(extent([values, neighbours]) ?? { min: 0, max: 1 }, 0.08)
  const ticks = linearTicks(domain, 6)
  const labels = ticks.map((value) => data.text(value))
  const plot = plotOf(labels, width, height)
  const x = (column: number) => plot.left + ((column + 0.5) * plot.width) / columns.length
  const y = (value: number) => plot.top + plot.height * (1 - position(value, domain))
  const inside = data.centre >= domain.min && data.centre <= domain.max
  const mark = (kind: Mark['kind'], column: number): Mark[] =>
    column < 0 || !Number.isFinite(values[column]) ? [] : [{ kind, x: x(column), y: y(values[column]) }]
  return {
    kind: 'line',
    plot,
    columns: columns.length,
    rows: 1,
    values: pieces(values, x, y),
    neighbours: pieces(neighbours, x, y),
    centre: inside ? y(data.centre) : NaN,
    xTicks: columnTicks(columns, plot),
    yTicks: ticks.map((value, i) => ({ at: y(value), text: labels[i] })),
    xTitle: data.xTitle,
    yTitle: data.yTitle,
    marks: [...mark('best', data.best), ...mark('robust', data.robust)],
  }
}

function pieces(
  values: ArrayLike<number>,
  x: (column: number) => number,
  y: (value: number) => number,
): [number, number][][] {
  const found: [number, number][][] = []
  let open: [number, number][] | null = null
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) open = null
    else {
      if (!open) found.push((open = []))
      open.push([x(i), y(values[i])])
    }
  }
  return found
}

function plotOf(labels: string[], width: number, height: number): Box {
  const longest = Math.max(0, ...labels.map((label) => label.length))
  const left = Math.min(Math.ceil(longest * LETTER) + 12, Math.floor(width / 3))
  return { left, top: TOP, width: Math.max(1, width - left - 4), height: Math.max(1, height - TOP - BOTTOM) }
}

function every(labels: string[], step: number): { text: string; index: number }[] {
  return labels.map((text, index) => ({ text, index })).filter(({ index }) => index % Math.max(1, step) === 0)
}

function columnTicks(labels: string[], plot: Box): Tick[] {
  const cell = plot.width / labels.length
  const longest = Math.max(...labels.map((label) => label.length))
  return every(labels, Math.ceil((longest * LETTER + 10) / cell)).map(({ text, index }) => ({
    at: plot.left + (index + 0.5) * cell,
    text,
  }))
}

/** Edges of a cell on whole pixels, so that neighbours meet without a seam. */
export function cellBox(
  { plot, columns, rows }: Pick<Grid, 'plot' | 'columns' | 'rows'>,
  column: number,
  row: number,
): Box {
  const left = Math.round(plot.left + (column * plot.width) / columns)
  const right = Math.round(plot.left + ((column + 1) * plot.width) / columns)
  const top = Math.round(plot.top + ((rows - 1 - row) * plot.height) / rows)
  const bottom = Math.round(plot.top + ((rows - row) * plot.height) / rows)
  return { left, top, width: right - left, height: bottom - top }
}

/** The cell under a point, −1 outside of the plot. */
export function cellAt({ plot, columns, rows }: Grid, x: number, y: number): number {
  const across = Math.floor(((x - plot.left) / plot.width) * columns)
  const up = rows - 1 - Math.floor(((y - plot.top) / plot.height) * rows)
  return across < 0 || across >= columns || up < 0 || up >= rows ? -1 : up * columns + across
}

/** Where an arrow key leads from a cell; the edge holds. Any key that does not move gives null. */
export function cellAfter(
  key: string,
  cell: number,
  { columns, rows }: Pick<Grid, 'columns' | 'rows'>,
): number | null {
  const row = Math.floor(cell / columns)
  const column = cell % columns
  const move = (across: number, up: number) =>
    Math.max(0, Math.min(rows - 1, row + up)) * columns + Math.max(0, Math.min(columns - 1, column + across))
  switch (key) {
    case 'ArrowLeft':
      return move(-1, 0)
    case 'ArrowRight':
      return move(1, 0)
    case 'ArrowUp':
      return move(0, 1)
    case 'ArrowDown':
      return move(0, -1)
    case 'PageUp':
      return move(0, 10)
    case 'PageDown':
      return move(0, -10)
    case 'Home':
      return move(-columns, 0)
    case 'End':
      return move(columns, 0)
    default:
      return null
  }
}
