import type { FileFormat, ImportPlan } from '../api.ts'
import { Problem } from '../problem.ts'
import type { NamedBlob } from '../read/fileBytes.ts'
import { formatOf } from '../read/fileFormat.ts'
import { openRecordFile } from '../read/openRecordFile.ts'
import { readHead, refuseSize } from './head.ts'
import { headRow, layoutOf, layoutUnder, type HeadRow, type Layout } from './layout.ts'

const headRecords = 3000

/** The first part of a file, cut into cells. */
export interface Sight {
  fileName: string
  format: FileFormat
  path: string
  /** Other places of a JSON file where records lie. */
  paths: string[]
  layout: Layout
  /** Names of the cells of a file that is no CSV. */
  columns: string[] | null
  /** Those of them that hold numbers. */
  numbers: string[]
}

/** Looks at a file; what the plan settled before is kept. Throws a `Problem` when it cannot be read. */
export async function look(
  file: NamedBlob,
  settled: Pick<ImportPlan, 'path' | 'delimiter'> | null,
): Promise<Sight> {
  refuseSize(file)
  const format = await formatOf(file)
  const facts = { fileName: file.name, format }
  if (format === 'csv') {
    const lines = await readHead(file)
    const layout = settled ? layoutUnder(settled.delimiter, lines) : layoutOf(lines)
    return { ...facts, path: '', paths: [], layout, columns: null, numbers: [] }
  }
  const records = await openRecordFile(format, file, settled ? settled.path : null)
  const rows: HeadRow[] = []
  const reading = records.records(
    (spans, line) => {
      if (rows.length >= headRecords) return
      rows.push(
        headRow(
          line,
          Array.from({ length: spans.count }, (_, cell) => spans.text(cell)),
        ),
      )
    },
    () => undefined,
  )
  while (rows.length < headRecords) if ((await reading.next()).done) break
  await reading.return(undefined)
  if (rows.length === 0) throw new Problem('empty', `${file.name} holds no records. Download it again.`)
  const { columns, path, paths } = records
  const layout: Layout = { delimiter: ',', rows, width: columns.length }
  return {
    ...facts,
    path,
    paths: paths.filter((other) => other !== path),
    layout,
    columns,
    numbers: records.numbers,
  }
}
