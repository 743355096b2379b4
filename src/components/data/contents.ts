import type { Content, ImportPlan, TableName } from '../../../workers/data/api.ts'

const special: Partial<Record<TableName, Content[]>> = {
  prices: ['lean-factors'],
  options: ['option-pairs'],
  tickets: ['tickets'],
  adoption: ['sums'],
  incidents: ['sums'],
  flights: ['positions'],
}

/** What a record of a file may be, for its table; rows as they are first. */
export function contentsOf({ kind, content }: Pick<ImportPlan, 'kind' | 'content'>): Content[] {
  const all: Content[] = ['rows', ...(special[kind] ?? [])]
  return all.includes(content) ? all : [...all, content]
}

/** What a record is, and what becomes of it. */
export const contentWords: Record<Content, { record: string; becomes: string }> = {
  rows: { record: 'One row of the table', becomes: 'Taken in as it is.' },
  sums: { record: 'A part of a figure', becomes: 'Records with the same key will be added up.' },
  tickets: { record: 'One ticket', becomes: 'Will be counted per day, by the mood of its words.' },
  positions: {
    record: 'A position report',
    becomes: 'Reports of an aircraft will be joined into flights.',
  },
  'option-pairs': {
    record: 'A call and a put side by side',
    becomes: 'Each record becomes two quotes.',
  },
  'lean-factors': {
    record: 'Factors of a symbol',
    becomes:
      'Factors for splits and dividends: they adjust the prices of the same symbol, imported before or together with them.',
  },
}
