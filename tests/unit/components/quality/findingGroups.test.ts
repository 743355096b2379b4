import { expect, it } from 'vitest'
import type { TableFinding } from '../../../../workers/data/api.ts'
import { findingsByTable } from '../../../../src/components/quality/findingGroups.ts'

const finding = (part: Partial<TableFinding>): TableFinding => ({
  id: '',
  table: 'flights',
  datasetId: null,
  kind: 'gaps',
  severity: 'info',
  count: 1,
  text: '',
  examples: [],
  ...part,
})

it('findings stand by table, warnings first, what makes a result wrong before what is only unusual', () => {
  const groups = findingsByTable([
    finding({ kind: 'gaps' }),
    finding({ kind: 'orphans', severity: 'warn' }),
    finding({ kind: 'time-travel', severity: 'warn' }),
    finding({ table: 'events', kind: 'dates' }),
    finding({ kind: 'time-travel' }),
  ])
  expect(groups.map(({ table, warnings }) => [table, warnings])).toEqual([
    ['flights', 2],
    ['events', 0],
  ])
  expect(groups[0].findings.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual([
    'time-travel warn',
    'orphans warn',
    'time-travel info',
    'gaps info',
  ])
})
