import { median } from './stylisedFacts.ts'

/** Mean, standard error of the mean, and median over the seeds of each figure of an oracle, as Markdown. */
export function oracleTable<T>(
  title: string,
  figures: readonly (readonly [label: string, figure: (oracle: T) => number])[],
  oracles: readonly T[],
): string {
  return markdown(
    [title, 'mean', 'standard error', 'median'],
    figures.map(([label, figure]) => [label, ...spread(oracles.map(figure))]),
  )
}

function spread(values: readonly number[]): string[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  return [mean, error, median(values)].map((value) => value.toFixed(3))
}

export function markdown(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
