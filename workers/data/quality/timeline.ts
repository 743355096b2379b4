import type { Database } from '../database.ts'
import { quoteIdentifier } from '../sql.ts'
import { rowsOf, subjectSql, type LoadedTable } from './loadedTables.ts'

/** The rows of a table as points (or spans) in time, by whom they are about. */
export interface Timeline {
  /** Ascending. */
  subjects: string[]
  /** [subjects + 1]: the rows of subject s are offsets[s] to offsets[s + 1] − 1. */
  offsets: Int32Array
  /** Minutes since 1970, ascending within a subject. */
  start: Int32Array
  /** Minutes since 1970, `noTime` where unknown; empty where rows are points. */
  end: Int32Array
}

export const noTime = -2147483648
export const minutesPerDay = 1440

/** Column that ends what `time` begins. */
const ends: Partial<Record<string, string>> = { flights: 'arrived_at' }

/** Reads who and when of every row; rows without a time are left out. */
export async function readTimeline(database: Database, loaded: LoadedTable): Promise<Timeline> {
  const { rule, kind } = loaded
  const end = ends[kind]
  const spans = end === undefined ? '' : `, ${quoteIdentifier(end)} AS ended`
  const rows = rowsOf(
    loaded,
    `${subjectSql(loaded)} AS subject, ${quoteIdentifier(rule.time ?? '')} AS began${spans}`,
  )
  await database.query(
    `CREATE OR REPLACE TEMP TABLE quality_subjects AS
     SELECT subject, (row_number() OVER (ORDER BY subject) - 1)::INTEGER AS code
     FROM (SELECT DISTINCT subject FROM ${rows})`,
  )
  try {
    const names = await database.query('SELECT subject FROM quality_subjects ORDER BY code')
    const minutes = (column: string) => `floor(epoch(${column}) / 60)::INTEGER`
    const found = await database.query(
      `SELECT code, ${minutes('began')} AS start
         ${end === undefined ? '' : `, COALESCE(${minutes('ended')}, ${noTime}) AS stop`}
       FROM ${rows} JOIN quality_subjects USING (subject) WHERE began IS NOT NULL`,
    )
    const stop = end === undefined ? new Int32Array(0) : found.integers('stop')
    return timelineOf(names.texts('subject'), found.integers('code'), found.integers('start'), stop)
  } finally {
    await database.query('DROP TABLE IF EXISTS quality_subjects')
  }
}

/** Rows in any order → by subject and time. `code` indexes `subjects`; `end` may be empty. */
function timelineOf(subjects: string[], code: Int32Array, start: Int32Array, end: Int32Array): Timeline {
  const rows = code.length
  const offsets = new Int32Array(subjects.length + 1)
  for (let i = 0; i < rows; i++) offsets[code[i] + 1]++
  for (let s = 0; s < subjects.length; s++) offsets[s + 1] += offsets[s]
  const next = offsets.slice()
  const starts = new Int32Array(rows)
  const ends = new Int32Array(end.length)
  for (let i = 0; i < rows; i++) {
    const to = next[code[i]]++
    starts[to] = start[i]
    if (end.length > 0) ends[to] = end[i]
  }
  const timeline = { subjects, offsets, start: starts, end: ends }
  for (let s = 0; s < subjects.length; s++) sortSubject(timeline, offsets[s], offsets[s + 1])
  return timeline
}

/** Longer spans count as this long: start and length share one double while they are sorted. */
const longest = 2 ** 23 - 1

function sortSubject({ start, end }: Timeline, from: number, to: number): void {
  let sorted = true
  for (let i = from + 1; i < to && sorted; i++) sorted = start[i] >= start[i - 1]
  if (sorted) return
  if (end.length === 0) {
    start.subarray(from, to).sort()
    return
  }
  const keys = new Float64Array(to - from)
  for (let i = from; i < to; i++) {
    const length = end[i] === noTime ? -longest : Math.max(1 - longest, Math.min(longest, end[i] - start[i]))
    keys[i - from] = start[i] * 2 ** 24 + length + longest
  }
  keys.sort()
  for (let i = from; i < to; i++) {
    const began = Math.floor(keys[i - from] / 2 ** 24)
    const length = keys[i - from] - began * 2 ** 24 - longest
    start[i] = began
    end[i] = length === -longest ? noTime : began + length
  }
}
