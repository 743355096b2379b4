import type { DemandProblem } from '../../quant/demandTables.ts'
import type { Database } from '../database.ts'
import { plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import { quoteIdentifier } from '../sql.ts'
import { isListedWhenItComes, isPartOfDownloads, spanOf } from './adoptionMetrics.ts'
import { firstKnownOf, medianOf, usualLag, type DayFigures, type SortedRows } from './dayFigures.ts'
import type { DemandSource } from './demandSources.ts'
import { Noticed } from './noticed.ts'
import { missingDays, type Series } from './series.ts'
import { silencesOf } from './silences.ts'

export interface AdoptionSeriesRead extends Series {
  /** Index of the pair of company and source. */
  pair: number
  metric: string
  span: number
}

/** The figures of one metric as they were read, before the days between them are told. */
interface MetricRead {
  metric: string
  figures: DayFigures
  /** Every row was added up by the import. */
  isCounted: boolean
  isAssumed: boolean
}

class Notes {
  readonly revised = new Noticed()
  readonly early = new Noticed()
  readonly missing = new Noticed()
  readonly absent = new Noticed()
  readonly silent = new Noticed()
  readonly unsaid = new Noticed()
}

/**
 * Figures by pair, then metric. Downloads split by system or version are added up; days that a registry leaves
 * out are missing, except where the import counted or where a row stands for a release. Needs `demand_pairs`.
 * @param names of the pairs, for examples
 */
export async function readAdoption(
  database: Database,
  sources: DemandSource[],
  names: string[],
): Promise<{ series: AdoptionSeriesRead[]; problems: DemandProblem[] }> {
  const notes = new Notes()
  if (sources.length === 0) return { series: [], problems: [] }
  const rows = sources.map(
    ({ table }, source) =>
      `SELECT symbol, source AS name, lower(trim(metric)) AS metric, date, value, known_at, ${source} AS file, line
       FROM ${quoteIdentifier(table)}`,
  )
  const from = `FROM (${rows.join(' UNION ALL ')}) AS rows
    JOIN demand_pairs AS pair ON pair.symbol = rows.symbol AND pair.name = rows.name
    WHERE date IS NOT NULL AND NOT isnan(value)`
  const metrics = (await database.query(`SELECT DISTINCT metric ${from} ORDER BY metric`)).texts('metric')
  const found = await database.query(
    `SELECT pair.ordinal AS pair, (dense_rank() OVER (ORDER BY metric) - 1)::INTEGER AS metric,
       (date - DATE '1970-01-01')::INTEGER AS day, value, file::INTEGER AS file,
       COALESCE(known_at - DATE '1970-01-01', -2147483648)::INTEGER AS known
     ${from} ORDER BY pair, metric, day, known, file, line`,
  )
  const pair = found.integers('pair')
  const metric = found.integers('metric')
  const source = found.integers('file')
  const sorted: SortedRows = {
    day: found.integers('day'),
    known: found.integers('known'),
    value: found.numbers('value'),
  }
  const series: AdoptionSeriesRead[] = []
  for (let start = 0; start < found.rows;) {
    const of = pair[start]
    const read: MetricRead[] = []
    let to = start
    while (to < found.rows && pair[to] === of) {
      const begin = to
      while (to < found.rows && pair[to] === of && metric[to] === metric[begin]) to++
      const used = [...new Set(source.subarray(begin, to))].map((index) => sources[index])
      const name = metrics[metric[begin]]
      read.push({
        metric: name,
        figures: firstKnownOf(sorted, begin, to, `${names[of]} ${name}`, notes.revised, notes.early),
        isCounted: used.every(({ content }) => content !== 'rows'),
        isAssumed: used.some(({ assumed }) => assumed),
      })
    }
    for (const one of withPartsAddedUp(read)) {
      series.push({ pair: of, metric: one.metric, ...seriesOf(one, `${names[of]} ${one.metric}`, notes) })
    }
    start = to
  }
  return { series, problems: problemsOf(notes) }
}

/** Parts of downloads become one metric `downloads`, unless the source tells that figure itself. By metric. */
function withPartsAddedUp(read: MetricRead[]): MetricRead[] {
  const parts = read.filter(({ metric }) => isPartOfDownloads(metric))
  if (parts.length === 0 || read.some(({ metric }) => metric === 'downloads')) return read
  const days = new Map<number, { value: number; known: number }>()
  for (const { figures } of parts) {
    figures.day.forEach((day, i) => {
      const sum = days.get(day)
      if (sum) {
        sum.value += figures.value[i]
        sum.known = Math.max(sum.known, figures.known[i])
      } else days.set(day, { value: figures.value[i], known: figures.known[i] })
    })
  }
  const day = Int32Array.from(days.keys()).sort()
  const downloads: MetricRead = {
    metric: 'downloads',
    figures: {
      day,
      known: day.map((on) => days.get(on)!.known),
      value: Float64Array.from(day, (on) => days.get(on)!.value),
    },
    isCounted: parts.every(({ isCounted }) => isCounted),
    isAssumed: parts.some(({ isAssumed }) => isAssumed),
  }
  return [...read.filter((one) => !parts.includes(one)), downloads].sort((a, b) =>
    a.metric < b.metric ? -1 : 1,
  )
}

function seriesOf(
  { metric, figures, isCounted, isAssumed }: MetricRead,
  name: string,
  notes: Notes,
): Series & { span: number } {
  const { day } = figures
  const listed = isListedWhenItComes(metric)
  const distances = day.subarray(1).map((on, i) => on - day[i])
  const span = listed || isCounted || distances.length === 0 ? 1 : spanOf(medianOf(distances))
  const told = span > 1 && isAssumed ? knownForCertain(figures, span, name, notes) : figures.known
  const first = day[0]
  const length = day[day.length - 1] - first + 1
  const lag = usualLag({ day, known: told })
  const value = new Float64Array(length).fill(listed || isCounted ? 0 : NaN)
  const known = new Int32Array(length)
  for (let at = 0; at < length; at++) known[at] = first + at + lag
  day.forEach((on, i) => {
    value[on - first] = figures.value[i]
    known[on - first] = told[i]
  })
  const series = { first, value, known, span }
  const absent = length - day.length
  if (isCounted && !listed && absent > 0) {
    const gap = day.findIndex((on, i) => i > 0 && on !== day[i - 1] + 1)
    notes.absent.add(() => `${name}: ${plural(absent, 'day')}, the first ${isoOf(day[gap - 1] + 1)}`, absent)
  }
  if (span > 1 || listed) return series
  if (!isCounted) {
    const { count, firstDay } = missingDays(series)
    if (count > 0)
      notes.missing.add(() => `${name}: ${plural(count, 'day')}, the first ${isoOf(firstDay)}`, count)
  }
  for (const { from, to } of silencesOf(value, first)) {
    value.fill(NaN, from, to)
    notes.silent.add(() => `${name}: ${isoOf(first + from)} to ${isoOf(first + to - 1)}`, to - from)
  }
  return series
}

/** When a period is over for certain, where its day may be its first and nobody says when it was known. */
function knownForCertain({ day, known }: DayFigures, span: number, name: string, notes: Notes): Int32Array {
  const endsMonth = (on: number) => new Date((on + 1) * 86_400_000).getUTCDate() === 1
  if (span >= 28 && day.every(endsMonth)) return known
  notes.unsaid.add(() => name, day.length)
  const longest = span === 30 ? 31 : span
  return day.map((on, i) => Math.max(known[i], on + longest))
}

function problemsOf(notes: Notes): DemandProblem[] {
  return [
    ...notes.revised.problem(
      'revised',
      (n) =>
        `${plural(n, 'figure comes', 'figures come')} again with another value: the one that was known first is used.`,
    ),
    ...notes.early.problem(
      'known-too-early',
      (n) =>
        `${plural(n, 'figure is', 'figures are')} said to be known before the day was over: used from the day after on.`,
    ),
    ...notes.missing.problem(
      'missing-days',
      (n) =>
        `${plural(n, 'day has', 'days have')} no figure between days with one: a gap of the registry, not zero.`,
    ),
    ...notes.absent.problem(
      'absent-is-zero',
      (n) =>
        `${plural(n, 'day', 'days')} without a figure between days with one ${n === 1 ? 'counts' : 'count'} as zero: ` +
        'the figures were added up from rows, of which there are none.',
    ),
    ...notes.silent.problem(
      'silence',
      (n) =>
        `${plural(n, 'day is', 'days are')} part of a silence too long to be chance (1 in a million): a gap, not zero.`,
    ),
    ...notes.unsaid.problem(
      'period-unsaid',
      (n) =>
        `${plural(n, 'figure is', 'figures are')} over weeks or months and may be dated by the first day of them: ` +
        'used when they are over for certain. A column known_at tells better.',
    ),
  ]
}
