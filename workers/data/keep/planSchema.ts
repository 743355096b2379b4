import * as v from 'valibot'
import { Problem } from '../problem.ts'
import { tableNames } from '../schema.ts'
import type { KeptFile, KeptPlan } from './keep.ts'

const text = v.pipe(v.string(), v.maxLength(10_000))
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))
const role = v.pipe(v.string(), v.maxLength(100))
const dateFormat = v.picklist([
  'iso',
  'iso-offset',
  'compact',
  'day-first',
  'month-first',
  'month-name',
  'epoch',
])

/** The parts of a plan that a mapping remembers. */
export const mappingFields = {
  kind: v.picklist(tableNames),
  content: v.picklist(['rows', 'sums', 'tickets', 'positions', 'option-pairs', 'lean-factors']),
  columns: v.record(role, index),
  decimal: v.picklist(['.', ',']),
  dateFormat,
  dateFormats: v.record(role, dateFormat),
  priceScale: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  scales: v.record(role, v.pipe(v.number(), v.finite())),
  constants: v.record(role, text),
}

const keptPlan = v.object({
  ...mappingFields,
  fileName: text,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  format: v.picklist(['csv', 'json', 'ndjson', 'parquet', 'arrow']),
  path: text,
  shape: text,
  header: v.nullable(v.array(text)),
  headerLine: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  width: index,
  delimiter: v.picklist([',', ';', '\t', '|']),
  dateAmbiguous: v.boolean(),
  symbol: v.nullable(text),
  notes: v.array(text),
})

/** The plan of a kept file, as this version of the page understands it. Throws a `Problem` where it does not. */
export function checkedPlan({ name, plan }: KeptFile): KeptPlan {
  const parsed = v.safeParse(keptPlan, plan)
  if (parsed.success) return parsed.output
  throw new Problem(
    'plan',
    `${name} was kept by another version of this page, which read it in a way that this one does not know. ` +
      'Import the file again.',
    v.getDotPath(parsed.issues[0]) ?? undefined,
  )
}
