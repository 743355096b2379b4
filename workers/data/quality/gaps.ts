import type { TableFinding } from '../api.ts'
import type { TableName } from '../schema.ts'
import { isoOf } from '../read/dates.ts'
import { mostExamples, plural, whole } from './findings.ts'
import { minutesPerDay, type Timeline } from './timeline.ts'

export interface Gap {
  subject: string
  /** Epoch days: the last day with a row before, the first after. */
  from: number
  to: number
  /** Days between two rows that nine in ten of the subject's own intervals stay below. */
  usual: number
}

/** Fewer intervals have no rhythm. */
const fewestIntervals = 10
/** Days of silence that are never worth a word. */
const shortestGap = 7

/**
 * Subjects silent for unusually long against their own rhythm: longer than a week, than three times the
 * interval that nine in ten of theirs stay below, and than chance would give once in a hundred subjects that
 * report at random with the same mean interval m (of n exponential intervals the longest exceeds m·ln(100 n)
 * once in a hundred times). Longest first.
 */
function longGaps({ subjects, offsets, start }: Timeline): Gap[] {
  const gaps: Gap[] = []
  for (let s = 0; s < subjects.length; s++) {
    const days = distinctDays(start, offsets[s], offsets[s + 1])
    const n = days.length - 1
    if (n < fewestIntervals) continue
    const intervals = new Int32Array(n)
    for (let i = 0; i < n; i++) intervals[i] = days[i + 1] - days[i]
    const sorted = intervals.slice().sort()
    const usual = sorted[Math.ceil(0.9 * n) - 1]
    // Without the longest, which may be what is looked for.
    const mean = (days[n] - days[0] - sorted[n - 1]) / (n - 1)
    const least = Math.max(shortestGap, 3 * usual, mean * Math.log(100 * n))
    for (let i = 0; i < n; i++) {
      if (intervals[i] > least) gaps.push({ subject: subjects[s], from: days[i], to: days[i + 1], usual })
    }
  }
  return gaps.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
}

function distinctDays(start: Int32Array, from: number, to: number): Int32Array {
  const days = new Int32Array(to - from)
  let n = 0
  for (let i = from; i < to; i++) {
    const day = Math.floor(start[i] / minutesPerDay)
    if (n === 0 || days[n - 1] !== day) days[n++] = day
  }
  return days.subarray(0, n)
}

/** What silence may mean, by table; tables without an entry have no rhythm to break. */
const meanings: Partial<Record<TableName, string>> = {
  flights: 'hidden or not flying: silence is no proof that an aircraft stood still',
  tickets: 'no tickets, or none counted: the file does not tell zero from missing',
  adoption: 'zero, or not counted: sources often leave out days without downloads',
  news: 'no headlines, or none collected',
  fundamentals: 'no report, or none in the file',
  options: 'no chain on these days',
}

export function gapFindings(table: TableName, timeline: Timeline): TableFinding[] {
  const meaning = meanings[table]
  if (meaning === undefined) return []
  const gaps = longGaps(timeline)
  if (gaps.length === 0) return []
  const silent = new Set(gaps.map(({ subject }) => subject)).size
  const noun = table === 'flights' ? 'aircraft' : silent === 1 ? 'symbol' : 'symbols'
  const examples = gaps
    .slice(0, mostExamples)
    .map(
      ({ subject, from, to, usual }) =>
        `${subject}: ${plural(to - from - 1, 'day')} between ${isoOf(from)} and ${isoOf(to)}; ` +
        `nine in ten of its intervals are ${plural(usual, 'day')} or shorter`,
    )
  return [
    {
      id: `${table}/gaps`,
      table,
      datasetId: null,
      kind: 'gaps',
      severity: 'info',
      count: gaps.length,
      text:
        `${whole(silent)} ${noun} ${silent === 1 ? 'is' : 'are'} silent for unusually long ` +
        `against ${silent === 1 ? 'its' : 'their'} own rhythm, ${plural(gaps.length, 'time')} in all (${meaning}).`,
      examples,
    },
  ]
}
