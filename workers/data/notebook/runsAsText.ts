import { csvCell } from '../refusals.ts'
import type { NotebookRun } from './contract.ts'

/** One row a run, numbers in full precision, fractions as fractions, days as ISO dates; formulas are defused. */
export function runsAsCsv(runs: NotebookRun[]): string {
  const metrics = [...new Set(runs.flatMap(({ headlines }) => headlines.map(({ id }) => id)))]
  const head = [
    'name', 'tags', 'note', 'finished_at', 'system', 'simulated', 'verdict', 'because', 'p_value',
    'charged_trials', 'from', 'to', 'out_of_sample_from', 'benchmark', 'part', 'trades_of_part',
    ...metrics.flatMap((id) => [id, `${id}_low`, `${id}_high`, `${id}_benchmark`]),
    'result', 'link',
  ] // prettier-ignore
  const rows = runs.map((run) => [
    csvCell(run.name),
    csvCell(run.tags.join('; ')),
    csvCell(run.note),
    new Date(run.at).toISOString(),
    csvCell(run.system),
    String(run.simulated),
    csvCell(run.verdict.kind),
    csvCell(run.verdict.because),
    numberCell(run.pValue),
    numberCell(run.charged),
    isoDay(run.from),
    isoDay(run.to),
    run.splitFrom === null ? '' : isoDay(run.splitFrom),
    csvCell(run.benchmark ?? ''),
    csvCell(run.part),
    numberCell(run.trades),
    ...metrics.flatMap((id) => {
      const metric = run.headlines.find((one) => one.id === id)
      return [metric?.value, metric?.low, metric?.high, metric?.benchmark].map((value) =>
        numberCell(value ?? NaN),
      )
    }),
    csvCell(run.result),
    csvCell(run.link),
  ])
  return [head, ...rows].map((cells) => cells.join(',') + '\r\n').join('')
}

/** Everything but the curves, days as ISO dates; missing numbers are null. */
export function runsAsJson(runs: NotebookRun[]): string {
  const plain = runs.map(({ at, from, to, splitFrom, ...run }) => ({
    ...run,
    finishedAt: new Date(at).toISOString(),
    from: isoDay(from),
    to: isoDay(to),
    outOfSampleFrom: splitFrom === null ? null : isoDay(splitFrom),
  }))
  return JSON.stringify({ contrailNotebook: 1, runs: plain }, null, 2)
}

function isoDay(epochDay: number): string {
  return new Date(epochDay * 86_400_000).toISOString().slice(0, 10)
}

function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}
