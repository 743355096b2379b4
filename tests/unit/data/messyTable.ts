import type { MessyResult } from './messyFiles.ts'

/** The results as a page: counts and messages, no content of the files. */
export function messyTable(results: MessyResult[]): string {
  const count = (outcome: MessyResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  const known = results.flatMap(({ reading }) => (reading ? [reading] : []))
  const sum = (of: (result: MessyResult) => number) =>
    results.reduce((total, result) => total + of(result), 0)
  return `${[
    '# Messy files',
    '',
    'What the importer makes of files that nobody cleaned. Written by `npx tsx tests/tools/messyTable.ts`; a test',
    'compares. The files lie beside the repository.',
    '',
    `${results.length} files: ${count('loaded')} match a table and load as they are, ${count('asked')} after one ` +
      `question (which symbol, day or month first). ${count('insisted')} match none of the tables, which the person ` +
      'is told; they load when the person insists (here: as a list of companies, the first cell the symbol, the ' +
      `second the name). ${count('told')} do not load, and a sentence says why.`,
    '',
    `Of the files that loaded: ${sum((r) => (r.outcome === 'told' ? 0 : (r.recordsIn ?? r.loaded + r.refused)))} ` +
      `records in = ${sum((r) => r.loaded)} taken in + ${sum((r) => r.refused)} refused.`,
    '',
    `The reader alone, against ${known.length} files whose right records are known: ` +
      `${known.filter(isExact).length} read exactly; in all ${total(known, 'right')} of ${total(known, 'expected')} ` +
      `records are right, ${total(known, 'refused')} are refused for their width or an open quote, ` +
      `${total(known, 'above')} stand above the header, ${total(known, 'other')} are others.`,
    '',
    '- records: those of the file that have something in them, without the header; refused + taken in = records.',
    '- reader: right records of those expected (header included); `−n` refused for width or quotes, `^n` above the',
    '  header, `?n` as wide as the table and none of the expected.',
    '',
    '| file | table | records | taken in | refused | reader | message |',
    '| --- | --- | ---: | ---: | ---: | --- | --- |',
    ...results.map(line),
  ].join('\n')}\n`
}

function line({ path, table, outcome, recordsIn, loaded, refused, reading, message }: MessyResult): string {
  const counts = outcome === 'told' ? ['', ''] : [loaded, refused]
  const cells = [path, table, recordsIn ?? '', ...counts, readingText(reading), message]
  return `| ${cells.map((cell) => inert(String(cell))).join(' | ')} |`
}

function readingText(reading: MessyResult['reading']): string {
  if (!reading) return ''
  const { right, expected, refused, above, other } = reading
  const marks = [refused > 0 ? `−${refused}` : '', above > 0 ? `^${above}` : '', other > 0 ? `?${other}` : '']
  return [`${right}/${expected}`, ...marks].filter(Boolean).join(' ')
}

function isExact({ right, expected, other }: NonNullable<MessyResult['reading']>): boolean {
  return right === expected && other === 0
}

function total(
  readings: NonNullable<MessyResult['reading']>[],
  part: keyof NonNullable<MessyResult['reading']>,
): number {
  return readings.reduce((sum, reading) => sum + reading[part], 0)
}

/** Messages quote headers and cells of the files: those stay out, and bars would end the cell. */
function inert(text: string): string {
  return text
    .replace(/“[^”]*”/gs, '“…”')
    .replace(/\(its header reads .*?\)(?=[.,;])/gs, '(its header reads …)')
    .replace(/[|\r\n]+/g, ' ')
}
