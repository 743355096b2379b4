import { isObject } from './flatten.ts'

const deepest = 5
/** Values of an object looked at to tell a table by key from a record. */
const mostKeysTried = 50

/** One record of a JSON file, with what stands around it. */
export interface JsonRecord {
  /** An object, or an array whose cells are known by their position. */
  value: Record<string, unknown> | unknown[]
  /** Under which key it stands in an object of objects; null elsewhere. */
  key: string | null
  /** Scalar fields of the objects that hold it. */
  around: Record<string, unknown>
}

/** Where records lie, and how many. */
interface Place {
  path: string
  records: number
  /** Records are arrays. */
  rows: boolean
  /** Path of the records that these lie inside; null = of no others. */
  inside: string | null
  /** Records are values of an object of objects. */
  byKey: boolean
}

const nothingAround = {}

/** An element of a list that is a record itself. */
export function recordOf(value: JsonRecord['value']): JsonRecord {
  return { value, key: null, around: nothingAround }
}

/** The records at a path (`archive`, `binaries.counts`; '' = the root) of a parsed file, or of one of its elements. */
export function* recordsAt(root: unknown, path: string, isElement: boolean): Generator<JsonRecord> {
  yield* walk(root, path === '' ? [] : path.split('.'), { key: null, around: {} }, isElement)
}

function* walk(
  value: unknown,
  keys: string[],
  context: Omit<JsonRecord, 'value'>,
  isElement: boolean,
): Generator<JsonRecord> {
  if (Array.isArray(value) && !(isElement && keys.length === 0)) {
    for (const element of value) yield* walk(element, keys, context, true)
  } else if (!isElement && isByKey(value)) {
    for (const [key, part] of Object.entries(value)) {
      yield* walk(part, keys, { ...context, key }, isObject(part))
    }
  } else if (keys.length === 0) {
    yield { ...context, value: isObject(value) || Array.isArray(value) ? value : { value } }
  } else if (isObject(value)) {
    const scalars = Object.entries(value).filter(([, part]) => typeof part !== 'object' && part !== null)
    const around = { ...context.around, ...Object.fromEntries(scalars) }
    const [key, ...rest] = keys
    if (Object.hasOwn(value, key)) yield* walk(value[key], rest, { ...context, around }, false)
  }
}

/**
 * Where the records of a file seem to lie, the likeliest first: the largest table; inside it, the arrays that
 * its records hold where those are rows (`[day, count]`). Things that belong to a record, such as the labels
 * of an issue, come after it.
 */
export function placesOf(root: unknown, isElement: boolean): string[] {
  const found = new Map<string, Place>()
  visit(root, '', null, isElement, found, 0)
  const places = [...found.values()].sort((a, b) => b.records - a.records)
  const outermost = places.find((place) => place.inside === null)
  if (!outermost) return ['']
  const within = places.find(
    ({ inside, rows, records }) =>
      inside === outermost.path && (rows || outermost.byKey) && records > outermost.records,
  )
  const first = within ?? outermost
  return [first.path, ...places.filter((place) => place !== first).map(({ path }) => path)]
}

function visit(
  value: unknown,
  path: string,
  inside: string | null,
  isElement: boolean,
  found: Map<string, Place>,
  depth: number,
): void {
  if (depth > deepest || typeof value !== 'object' || value === null) return
  if (isElement) {
    count(found, path, inside, Array.isArray(value), false)
    if (isObject(value)) visitParts(value, path, path, found, depth)
  } else if (Array.isArray(value)) {
    for (const element of value) visit(element, path, inside, true, found, depth)
  } else if (isByKey(value)) {
    for (const part of Object.values(value)) {
      for (const record of Array.isArray(part) ? part : [part]) {
        count(found, path, inside, false, true)
        if (isObject(record)) visitParts(record, path, path, found, depth)
      }
    }
  } else if (isObject(value)) visitParts(value, path, inside, found, depth)
}

function visitParts(
  value: Record<string, unknown>,
  path: string,
  inside: string | null,
  found: Map<string, Place>,
  depth: number,
): void {
  for (const [key, part] of Object.entries(value)) {
    // Inside a record, an object is a part of it, not a table.
    if (key.includes('.') || (inside !== null && !Array.isArray(part))) continue
    visit(part, path === '' ? key : `${path}.${key}`, inside, false, found, depth + 1)
  }
}

function count(
  found: Map<string, Place>,
  path: string,
  inside: string | null,
  rows: boolean,
  byKey: boolean,
) {
  const place = found.get(path)
  if (place) place.records++
  else found.set(path, { path, records: 1, rows, inside, byKey })
}

/** An object of records (`{"A10": {…}, "A20": {…}}`) or of lists of them: its values have keys in common. */
function isByKey(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false
  const parts = Object.values(value)
  if (parts.length < 2 || parts.some((part) => Array.isArray(part) !== Array.isArray(parts[0]))) return false
  const samples = parts
    .slice(0, mostKeysTried)
    .map((part) => (Array.isArray(part) ? (part as unknown[])[0] : part))
  const [first] = samples
  if (!isObject(first)) return false
  const names = Object.keys(first)
  return samples.every(
    (sample) =>
      isObject(sample) && names.filter((name) => Object.hasOwn(sample, name)).length >= names.length / 2,
  )
}
