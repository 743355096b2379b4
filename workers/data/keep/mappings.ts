import * as v from 'valibot'
import type { ImportPlan } from '../api.ts'
import { decimalSignOf } from '../inspect/decimalSign.ts'
import { roleOf, tables, type ColumnRule } from '../schema.ts'
import { positions, ticketTexts } from '../schema/staging.ts'
import { mappingFields } from './planSchema.ts'

/** How files with one header are read; what belongs to a single file (symbol, days) is no part of it. */
const mapping = v.object({ ...mappingFields, onePerSymbol: v.boolean() })
type Mapping = v.InferOutput<typeof mapping>
/** By header; the newest last. */
export type Mappings = Record<string, Mapping>

const most = 200
const longestHeader = 20_000

/** The document with the mapping of a plan that was imported; the oldest make room. */
export function rememberMapping(document: unknown, plan: ImportPlan): Mappings {
  const mappings = readMappings(document)
  const signature = signatureOf(plan)
  if (signature === null) return mappings
  const { kind, content, columns, decimal, dateFormat, dateFormats, priceScale, scales } = plan
  const parts = { kind, content, columns, decimal, dateFormat, dateFormats, priceScale, scales }
  const constants = Object.entries(plan.constants).filter(([role]) => !belongsToOneFile(plan, role))
  const remembered = v.parse(mapping, {
    ...parts,
    constants: Object.fromEntries(constants),
    onePerSymbol: plan.symbol !== null,
  })
  const others = Object.entries(mappings).filter(([known]) => known !== signature)
  return Object.fromEntries([...others.slice(1 - most), [signature, remembered]])
}

/**
 * The plan with the mapping that was confirmed for its header, or as it is. Where the file itself settles how
 * its dates or decimals are written, the file is right.
 */
export function recall(document: unknown, plan: ImportPlan): ImportPlan {
  const signature = signatureOf(plan)
  const known = signature === null ? undefined : readMappings(document)[signature]
  if (!known) return plan
  const { onePerSymbol, ...parts } = known
  const sameColumns =
    plan.kind === parts.kind && JSON.stringify(sorted(plan)) === JSON.stringify(sorted(parts))
  const settled = sameColumns && !plan.dateAmbiguous
  const { dateFormat, dateFormats } = settled ? plan : parts
  const recalled: ImportPlan = {
    ...plan,
    ...parts,
    dateFormat,
    dateFormats,
    constants: { ...plan.constants, ...parts.constants },
    dateAmbiguous: false,
    symbol: onePerSymbol ? (plan.symbol ?? '') : null,
    remembered: true,
  }
  return { ...recalled, decimal: provenDecimal(recalled) ?? parts.decimal }
}

/** Files with the same header lie the same way; a file without one says nothing about another. */
function signatureOf({ format, path, delimiter, width, header }: ImportPlan): string | null {
  if (header === null) return null
  const signature = JSON.stringify([format, path, delimiter, width, ...header])
  return signature.length > longestHeader ? null : signature
}

export function readMappings(document: unknown): Mappings {
  if (typeof document !== 'object' || document === null) return {}
  const entries = Object.entries(document).flatMap(([signature, value]) => {
    const parsed = v.safeParse(mapping, value)
    return parsed.success ? [[signature, parsed.output] as const] : []
  })
  return Object.fromEntries(entries)
}

const sorted = ({ columns }: Pick<ImportPlan, 'columns'>) =>
  Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1))

function ruleOf(
  { kind, content }: Pick<ImportPlan, 'kind' | 'content'>,
  role: string,
): ColumnRule | undefined {
  const table = content === 'tickets' ? ticketTexts : content === 'positions' ? positions : tables[kind]
  const columns: ColumnRule[] = [...table.columns, ...table.sources]
  return columns.find((column) => roleOf(column) === role)
}

function belongsToOneFile(plan: ImportPlan, role: string): boolean {
  const rule = ruleOf(plan, role)
  if (!rule || rule.type === 'DATE' || rule.type === 'TIMESTAMP') return true
  return rule.form === 'symbol' || rule.form === 'icao24' || rule.form === 'airport'
}

/** The decimal sign that the numbers of the sample cannot do without; null where either would do. */
function provenDecimal(plan: ImportPlan): ImportPlan['decimal'] | null {
  const numeric = Object.entries(plan.columns).filter(([role]) => ruleOf(plan, role)?.type === 'DOUBLE')
  const numbers = plan.sample.flatMap(({ cells }) => numeric.map(([, cell]) => cells[cell ?? -1] ?? ''))
  if (decimalSignOf(numbers, ',') === ',') return ','
  const swapped = numbers.map((number) => number.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.')))
  return decimalSignOf(swapped, ',') === ',' ? '.' : null
}
