import type { TableFinding, TableFindingKind, TableName } from '../../../workers/data/api.ts'

/** In the order of the report: what makes a result wrong first. */
export const findingKinds: Record<TableFindingKind, { title: string; about: string }> = {
  'time-travel': {
    title: 'Known when',
    about: 'When a row could first be read, and whether the file has been rewritten since.',
  },
  impossible: { title: 'Impossible', about: 'What cannot be as it is written.' },
  duplicates: {
    title: 'Given twice',
    about: 'Rows with the same key: exact copies, and rows that disagree.',
  },
  orphans: { title: 'Orphans', about: 'Rows about somebody whom the table that should know does not have.' },
  owners: { title: 'Names without a company', about: 'To be matched under Owners.' },
  dates: { title: 'Dates', about: 'How exactly days are known, and whether prices reach them.' },
  outliers: { title: 'Unusual', about: 'Possible, and far from what the same table usually says.' },
  quotes: { title: 'Quotes', about: 'Quotes that cannot be traded on as they stand.' },
  gaps: { title: 'Gaps', about: 'Silence where there is usually something.' },
}

const order = Object.keys(findingKinds) as TableFindingKind[]

export interface TableFindings {
  table: TableName
  findings: TableFinding[]
  warnings: number
}

/** Findings by table, in the order the tables come; within a table warnings first, then by kind. */
export function findingsByTable(findings: TableFinding[]): TableFindings[] {
  const tables = [...new Set(findings.map(({ table }) => table))]
  return tables.map((table) => {
    const own = findings
      .filter((finding) => finding.table === table)
      .sort((a, b) => rank(a) - rank(b) || order.indexOf(a.kind) - order.indexOf(b.kind))
    return { table, findings: own, warnings: own.filter(({ severity }) => severity === 'warn').length }
  })
}

function rank({ severity }: TableFinding): number {
  return severity === 'warn' ? 0 : 1
}
