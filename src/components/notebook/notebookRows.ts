import type { NotebookRun, RunMetric } from '../../../workers/data/api.ts'

export interface NotebookFilter {
  /** Found in name, tags, note or settings, whatever the case. */
  text: string
  /** '' = all. */
  system: string
  tag: string
  verdict: string
}

export const noFilter: NotebookFilter = { text: '', system: '', tag: '', verdict: '' }

export type NotebookColumn =
  'name' | 'tags' | 'system' | 'at' | 'cagr' | 'sharpe' | 'maxDrawdown' | 'pValue' | 'verdict'

export interface NotebookOrder {
  column: NotebookColumn
  descending: boolean
}

export function headlineOf({ headlines }: NotebookRun, id: string): RunMetric | undefined {
  return headlines.find((metric) => metric.id === id)
}

export function tagsOf(runs: NotebookRun[]): string[] {
  return [...new Set(runs.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b))
}

/** “a, b ,, c” → a, b, c. */
export function tagsFrom(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}

/** @param settings of a run, in words */
export function filtered(
  runs: NotebookRun[],
  { text, system, tag, verdict }: NotebookFilter,
  settings: (run: NotebookRun) => string,
): NotebookRun[] {
  const sought = text.trim().toLowerCase()
  return runs.filter(
    (run) =>
      (system === '' || run.system === system) &&
      (tag === '' || run.tags.includes(tag)) &&
      (verdict === '' || run.verdict.kind === verdict) &&
      (sought === '' ||
        [run.name, run.note, ...run.tags, settings(run)].some((words) =>
          words.toLowerCase().includes(sought),
        )),
  )
}

/** Runs without a value come last either way. */
export function sorted(
  runs: NotebookRun[],
  { column, descending }: NotebookOrder,
  verdicts: string[],
): NotebookRun[] {
  const key = (run: NotebookRun): string | number => {
    switch (column) {
      case 'name':
        return run.name.toLowerCase()
      case 'tags':
        return run.tags.join(' ').toLowerCase()
      case 'system':
        return run.system
      case 'verdict':
        return verdicts.indexOf(run.verdict.kind)
      case 'at':
      case 'pValue':
        return run[column]
      default:
        return headlineOf(run, column)?.value ?? NaN
    }
  }
  const missing = (value: string | number) => value === '' || Number.isNaN(value)
  return runs.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y)) || b.at - a.at
    const order = typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y)
    return (descending ? -order : order) || b.at - a.at
  })
}
