/** A table as Prettier would leave it: every column as wide as its widest cell. */
export function markdownTable(titles: string[], rows: string[][]): string {
  const widths = titles.map((title, i) => Math.max(title.length, 3, ...rows.map((row) => row[i].length)))
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  return [titles, rule, ...rows].map(line).join('\n')
}
