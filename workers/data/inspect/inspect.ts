import type { ImportPlan, TableName } from '../api.ts'
import { dateInWords, noDate, parseDateText } from '../read/dates.ts'
import { roleOf, type ColumnRule } from '../schema.ts'
import { shapes } from '../shapes/shapes.ts'
import type { Shape, ShapeHead } from '../shapes/shape.ts'
import { normalised, scalesByHeader } from './columns.ts'
import { dateFormatsOf, mainTime } from './dateFormats.ts'
import { decimalSignOf } from './decimalSign.ts'
import { emptyPlan, type FileFacts } from './emptyPlan.ts'
import { guessTable, readAsKind } from './guess.ts'
import { problemsOf } from './problems.ts'
import { cellsOf, plainHeader, readAs, type Reading } from './reading.ts'
import { priceShape } from './priceShape.ts'
import type { Sight } from './sight.ts'
import { symbolFromName } from './symbolFromName.ts'
import { targetOf } from './target.ts'

const sampleRows = 8
const unknown = 'unknown shape'

/** What a file seems to be, from its first part; any table where `kind` is null. */
export function planFor(file: FileFacts, sight: Sight, kind: TableName | null): ImportPlan {
  const head = shapeHead(sight)
  const shape = shapes.find((candidate) => (kind === null || candidate.kind === kind) && candidate.fits(head))
  if (shape) return shaped(file, sight, head, shape)
  const reading = kind === null ? guessTable(sight) : readAsKind(sight, kind)
  if (reading) return planned(file, sight, reading, reading.target.content, false)
  const prices = readAs(sight, targetOf({ kind: 'prices', content: 'rows' }))
  return planned(file, sight, prices, 'rows', !('open' in prices.columns && 'close' in prices.columns))
}

/**
 * Reads an edited plan again. What the user may edit is kept; header and width follow from the delimiter or
 * the place in the file, and everything is guessed anew where the header changed with it.
 */
export function replanFor(plan: ImportPlan, sight: Sight): ImportPlan {
  const fresh = planFor(plan, sight, plan.kind)
  const symbol = fresh.symbol === null ? null : plan.symbol || fresh.symbol
  if (plan.width === 0 || headerText(plan) !== headerText(fresh)) return checked({ ...fresh, symbol }, sight)
  const { shape, content, columns, decimal, dateFormat, dateFormats, dateAmbiguous } = plan
  const { priceScale, scales, constants, notes } = plan
  const edited = { shape, content, columns, decimal, dateFormat, dateFormats, dateAmbiguous }
  return checked({ ...fresh, ...edited, priceScale, scales, constants, notes, symbol: plan.symbol }, sight)
}

function headerText({ header, headerLine, width, path }: ImportPlan): string {
  return JSON.stringify([header, headerLine, width, path])
}

/** The plan with its symbol, sample and problems as its columns are now. */
function checked(plan: ImportPlan, sight: Sight): ImportPlan {
  const target = targetOf(plan)
  const settled = { header: headerOfPlan(plan, sight), columns: plan.columns as Record<string, number> }
  const reading = readAs(sight, target, settled)
  const symbol = symbolOf(reading, plan.symbol ?? '', plan.fileName)
  return withSample({ ...plan, symbol }, reading, false)
}

function headerOfPlan(plan: ImportPlan, sight: Sight) {
  if (sight.columns) return plainHeader(sight)
  return plan.headerLine === null
    ? null
    : (sight.layout.rows.find(({ line }) => line === plan.headerLine) ?? null)
}

function shapeHead(sight: Sight): ShapeHead {
  const header = plainHeader(sight)
  const { rows } = sight.layout
  const body = header && !sight.columns ? rows.filter(({ line }) => line > header.line) : rows
  return {
    fileName: sight.fileName,
    path: sight.path,
    header,
    above:
      header && !sight.columns
        ? rows.filter(({ line }) => line < header.line).flatMap(({ cells }) => cells)
        : [],
    names: header?.cells.map(normalised) ?? [],
    rows: body.map(({ cells }) => cells),
  }
}

function shaped(file: FileFacts, sight: Sight, head: ShapeHead, shape: Shape): ImportPlan {
  const target = targetOf(shape)
  const named = readAs(sight, target, { header: head.header })
  const settled = shape.plan?.(head) ?? {}
  const columns = { ...named.columns }
  for (const [role, cell] of Object.entries(settled.columns ?? {})) {
    if (cell === undefined) delete columns[role]
    else columns[role] = cell
  }
  const scales = head.header ? scalesByHeader(head.header.cells, columns, target.table) : {}
  const reading = readAs(sight, target, { header: head.header, columns })
  const plan = planned(file, sight, { ...reading, scales }, shape.content, false)
  const known = {
    ...plan,
    shape: shape.name,
    priceScale: settled.priceScale ?? plan.priceScale,
    constants: settled.constants ?? {},
    scales: { ...scales, ...settled.scales },
    symbol:
      settled.symbol !== undefined && plan.symbol !== null ? settled.symbol || plan.symbol : plan.symbol,
    notes: [...(settled.notes ?? []), ...plan.notes],
  }
  return withSample(known, reading, false)
}

function planned(
  file: FileFacts,
  sight: Sight,
  reading: Reading,
  content: ImportPlan['content'],
  isUnknown: boolean,
): ImportPlan {
  const { target, header, headerLine, width, columns, scales } = reading
  const { table, kind } = target
  const { format, path, paths, layout } = sight
  if (
    kind === 'prices' &&
    cellsOf(reading, 'volume').every((cell) => cell === '' || cell === '-' || cell === 'N/A')
  )
    delete columns.volume
  const numbers = table.columns.filter((c) => c.type === 'DOUBLE').flatMap((c) => cellsOf(reading, roleOf(c)))
  const plan: ImportPlan = {
    ...emptyPlan({ fileId: file.fileId, fileName: file.fileName, bytes: file.bytes }, kind),
    format,
    path,
    shape: isUnknown ? unknown : shapeOf(reading),
    content,
    header,
    headerLine,
    width,
    columns,
    scales,
    delimiter: layout.delimiter,
    decimal: decimalSignOf(numbers, layout.delimiter),
    ...dateFormatsOf(reading),
    symbol: symbolOf(reading, '', file.fileName),
    notes: otherPlaces(path, paths),
  }
  return withSample(plan, reading, isUnknown)
}

/** Null where the file names its symbols or needs none; else what is known of the one it is about. */
function symbolOf({ target, columns }: Reading, known: string, fileName: string): string | null {
  const rule = target.table.columns.find(({ name }) => name === 'symbol')
  if (!rule || 'symbol' in columns || !isNeeded(rule, columns)) return null
  return known !== '' ? known : namesSymbol(target.kind) ? symbolFromName(fileName) : ''
}

function isNeeded({ required, unless }: ColumnRule, columns: Record<string, number>): boolean {
  return required && (unless === undefined || !(unless in columns))
}

/** Files of these tables are called by their symbol; others by their product, which only looks like one. */
function namesSymbol(kind: TableName): boolean {
  return kind === 'prices' || kind === 'signals' || kind === 'options' || kind === 'ticker_changes'
}

function shapeOf({ target, header, columns }: Reading): string {
  if (target.kind === 'prices') return priceShape(header, columns)
  return target.kind === 'signals' ? 'signals' : `${target.table.rows} by name`
}

function otherPlaces(path: string, paths: string[]): string[] {
  if (paths.length === 0) return []
  const names = paths.slice(0, 5).map((other) => (other === '' ? 'its root' : `“${other}”`))
  const here = path === '' ? 'at the root of the file' : `at “${path}”`
  return [`The records are taken ${here}; others lie at ${names.join(', ')}.`]
}

function withSample(plan: ImportPlan, reading: Reading, isUnknown: boolean): ImportPlan {
  const { body, data } = reading
  const main = mainTime(reading)
  const sample = (data.length > 0 ? data : body).slice(0, sampleRows).map(({ cells }) => {
    const day = main === null ? noDate : parseDateText(cells[reading.columns[main]] ?? '', plan.dateFormat)
    return { cells: cells.slice(0, 40), dateInWords: day === noDate ? null : dateInWords(day) }
  })
  return { ...plan, sample, problems: problemsOf(plan, reading, isUnknown) }
}
