import { cellOf, hasAll, hasAny, type Shape, type ShapeHead } from './shape.ts'

const buyer = [
  'acquiredby',
  'parentcompany',
  'acquirer',
  'buyer',
  'acquirername',
  'acquiringcompany',
  'acquirorname',
  'acquiror',
]
const bought = ['acquiredcompany', 'targetname', 'targetcompany', 'acquired', 'target', 'company']
const announced = ['date', 'announced', 'announcedon', 'acquisitiondate', 'announcementdate', 'dateannounced']

const earningsDays = ['earningsdate', 'reportdate', 'reporteddate', 'date']

export const happeningsShapes: Shape[] = [
  {
    name: 'list of acquisitions',
    kind: 'events',
    content: 'rows',
    fits: ({ names }) =>
      hasAny(names, buyer) &&
      hasAny(names, bought) &&
      hasAny(names, [...announced, 'year', 'acquisitionyear']),
    plan: ({ names, rows }) => {
      const day = cellOf(names, 'dayofmonth', 'acquisitionmonthdate', 'acquisitionday', 'announcementday')
      const parts = hasAny(names, ['year', 'acquisitionyear']) && !hasAny(names, announced)
      return {
        columns: {
          company: cellOf(names, ...buyer),
          counterparty: cellOf(names, ...bought),
          ...(parts ? { announcedOn: undefined } : {}),
        },
        notes: notesOf(names, rows, parts, day),
      }
    },
  },
  {
    name: 'acquisitions of one company',
    kind: 'events',
    content: 'rows',
    fits: ({ names }) =>
      hasAll(names, ['acquisitiondate', 'company']) && !hasAny(names, [...buyer, 'symbol', 'ticker']),
    plan: ({ names }) => ({
      columns: { counterparty: cellOf(names, 'company'), company: undefined },
      symbol: '',
      notes: ['Each row names what was bought: type the symbol of the company that bought it.'],
    }),
  },
  {
    name: 'earnings calendar',
    kind: 'events',
    content: 'rows',
    fits: ({ names }) =>
      hasAny(names, ['symbol', 'ticker']) &&
      hasAny(names, earningsDays) &&
      hasAny(names, ['estimate', 'epsestimate', 'epsestimated', 'reportedeps', 'epsactual', 'surprise']),
    plan: ({ names }) => ({
      columns: {
        announcedOn: cellOf(names, ...earningsDays),
        company: cellOf(names, 'company', 'companyname', 'name'),
        counterparty: undefined,
        kind: undefined,
        value: undefined,
      },
      constants: { kind: 'earnings' },
      notes: ['A day ahead in such a calendar is a plan, which companies move: only past days are facts.'],
    }),
  },
  {
    name: 'AWS status',
    kind: 'incidents',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['servicename', 'summary', 'date', 'status', 'service']),
    plan: ({ names }) => ({
      columns: {
        startedAt: cellOf(names, 'date'),
        title: cellOf(names, 'summary'),
        resolvedAt: undefined,
        // A service has many incidents.
        incident: undefined,
      },
      symbol: '',
      notes: ['The file does not tell when an incident was over.'],
    }),
  },
  {
    name: 'Google Cloud status',
    kind: 'incidents',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['begin', 'externaldesc', 'severity']),
    plan: ({ names }) => ({
      columns: { incident: cellOf(names, 'id'), startedAt: cellOf(names, 'begin') },
      symbol: '',
    }),
  },
  {
    name: 'Statuspage incidents',
    kind: 'incidents',
    content: 'rows',
    fits: ({ names }) =>
      hasAll(names, ['startedat', 'impact']) ||
      hasAll(names, ['createdat', 'impact', 'status', 'name']) ||
      hasAll(names, ['downtimestart', 'downtimeend']),
    plan: (head) => ({
      columns: {
        incident: cellOf(head.names, 'incidentid', 'id'),
        title: cellOf(head.names, 'title', 'name'),
      },
      symbol: '',
      notes: plannedWork(head),
    }),
  },
  {
    name: 'Statuspage status changes',
    kind: 'incidents',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['incidentid', 'startat', 'endat', 'status']),
    plan: () => ({
      symbol: '',
      notes: ['One row is one change of status: an incident has several, and rows may repeat.'],
    }),
  },
]

function notesOf(names: string[], rows: string[][], parts: boolean, day: number | undefined): string[] {
  const notes: string[] = []
  if (parts && day === undefined) {
    notes.push(
      'Dates are known to the month only: unfit for a daily event study. Each is read as its last day.',
    )
  } else if (parts)
    notes.push(
      'The date stands in several columns; where the day is missing, the last of the month is meant.',
    )
  const date = names.indexOf('date')
  if (!parts && date >= 0) {
    const firsts = rows.filter((cells) => /-01$/.test(cells[date] ?? '')).length
    if (firsts > rows.length / 15) {
      notes.push(
        'Many dates are the first of a month, more than chance gives: some are likely known to the month or the ' +
          'year only.',
      )
    }
    if (rows.some((cells) => isWeekend(cells[date] ?? ''))) {
      notes.push('Some dates fall on a weekend; what was announced then is known from the next session on.')
    }
  }
  return notes
}

function isWeekend(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && [0, 6].includes(new Date(time).getUTCDay())
}

function plannedWork({ names, rows }: ShapeHead): string[] {
  const impact = names.indexOf('impact')
  const planned =
    impact >= 0 && rows.some((cells) => cells[impact] === 'maintenance' || cells[impact] === 'none')
  return planned
    ? ['Some incidents are planned maintenance, or had no impact; the severity tells which.']
    : []
}
