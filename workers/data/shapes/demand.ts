import { cellOf, hasAll, hasAny, mostCells, type Shape, type ShapedPlan, type ShapeHead } from './shape.ts'

const gitHub = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:issues|pull|discussions)\/\d+/
const gitHubPage = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:releases|commits?)\//

const ofHelpDesks = [
  'issuekey',
  'issuetype',
  'ticketid',
  'tickettype',
  'requester',
  'requesterid',
  'assignee',
]
const opened = ['createdat', 'created', 'createddate', 'creationdate', 'opened', 'openedat']

const commitNames = ['sha', 'hash', 'commit', 'commithash', 'commitsha', 'oid', 'abbreviatedcommit']
/** When it came to the repository rather than when it was written. */
const committed = [
  'commitcommitterdate',
  'committerdate',
  'committeddate',
  'commitdate',
  'commitauthordate',
  'authordate',
  'authoreddate',
  'date',
  'timestamp',
]
const released = ['publishedat', 'published', 'releasedate', 'createdat', 'date']

export const demandShapes: Shape[] = [
  {
    name: 'GitHub releases',
    kind: 'adoption',
    content: 'sums',
    fits: ({ names }) => hasAny(names, ['tagname', 'tag']) && hasAny(names, released),
    plan: (head) => onePerRow(head, 'release', released, 'One row is one release: they are counted by day.'),
  },
  {
    name: 'list of commits',
    kind: 'adoption',
    content: 'sums',
    fits: (head) => {
      const { names, rows } = head
      const commit = cellOf(names, ...commitNames)
      return commit !== undefined && hasAny(names, committed) && mostCells(rows, commit, /^[0-9a-f]{7,40}$/i)
    },
    plan: (head) =>
      onePerRow(
        head,
        'commits',
        committed,
        'One row is one commit: they are counted by day, as the date is written.',
      ),
  },
  {
    name: 'GitHub issues',
    kind: 'tickets',
    content: 'tickets',
    fits: (head) => {
      const { names } = head
      const dated = hasAny(names, ['date', 'createdat', 'created', 'openedat'])
      const isIssue = hasAny(names, ['state', 'closedat', 'authorlogin', 'userlogin', 'htmlurl', 'labels'])
      return dated && names.includes('title') && (isIssue || addressCell(head) !== undefined)
    },
    plan: (head) => {
      const { names, rows } = head
      const address = addressCell(head)
      const [, repository] = gitHub.exec(address === undefined ? '' : (rows[0][address] ?? '')) ?? []
      return {
        columns: {
          createdAt: cellOf(names, 'createdat', 'created', 'openedat', 'date'),
          text: cellOf(names, 'body', 'text'),
          // “Open” or “closed” says nothing about the mood.
          sentiment: undefined,
        },
        constants: repository ? { source: repository } : {},
        symbol: '',
        notes: ['One row is one ticket: they are counted by day (UTC) and by the words in title and text.'],
      }
    },
  },
  {
    name: 'help desk tickets',
    kind: 'tickets',
    content: 'tickets',
    fits: ({ names }) =>
      hasAny(names, opened) &&
      hasAny(names, ['subject', 'summary', 'title', 'ticketsubject']) &&
      (hasAll(names, ['subject', 'description']) || hasAny(names, ofHelpDesks)),
    plan: ({ names }) => ({
      columns: {
        createdAt: cellOf(names, ...opened),
        title: cellOf(names, 'subject', 'summary', 'title', 'ticketsubject'),
        text: cellOf(names, 'description', 'ticketdescription', 'body', 'text'),
      },
      notes: ['One row is one ticket: they are counted by day (UTC) and by the words in title and text.'],
    }),
  },
  {
    name: 'downloads by version',
    kind: 'adoption',
    content: 'sums',
    fits: ({ names }) => hasAll(names, ['day', 'count', 'version']),
    plan: ({ names }) => ({
      columns: {
        date: cellOf(names, 'day'),
        value: cellOf(names, 'count'),
        source: undefined,
        metric: undefined,
      },
      symbol: '',
      notes: [
        'Versions come and go, so the counts of all of them are added up by day.',
        'Days on which nothing was downloaded are absent; they count as zero, not as missing.',
      ],
    }),
  },
  {
    name: 'PyPI downloads',
    kind: 'adoption',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['category', 'date', 'downloads']),
    plan: ({ names, rows }) => {
      const category = names.indexOf('category')
      const hasNull = rows.some((cells) => cells[category] === 'null')
      return {
        columns: { metric: category },
        symbol: '',
        notes: hasNull
          ? ['“null” is a category here (downloads whose system is unknown), and is kept as one.']
          : [],
      }
    },
  },
  {
    name: 'npm downloads',
    kind: 'adoption',
    content: 'rows',
    fits: ({ names }) =>
      hasAny(names, ['downloads', 'avgdailydownloads']) && hasAny(names, ['day', 'month', 'date']),
    plan: ({ names, rows }) => ({
      columns: { date: cellOf(names, 'day', 'date', 'month'), source: cellOf(names, 'package', 'key') },
      symbol: '',
      notes: chosenAfterwards(names, rows),
    }),
  },
]

function addressCell({ rows, names }: ShapeHead, page = gitHub): number | undefined {
  const cell = names.findIndex((_, i) => mostCells(rows, i, page))
  return cell < 0 ? undefined : cell
}

/** Rows that are each one of what is counted. */
function onePerRow(head: ShapeHead, metric: string, dates: string[], note: string): ShapedPlan {
  const { names, rows } = head
  const address = addressCell(head, gitHubPage)
  const [, repository] = gitHubPage.exec(address === undefined ? '' : (rows[0][address] ?? '')) ?? []
  const source = cellOf(names, 'repository', 'repo')
  return {
    columns: {
      date: cellOf(names, ...dates),
      source,
      metric: undefined,
      value: undefined,
      knownAt: undefined,
    },
    constants: { metric, value: '1', ...(repository && source === undefined ? { source: repository } : {}) },
    symbol: '',
    notes: [note],
  }
}

/** The same packages in every month look as if they were chosen by how they ended. */
function chosenAfterwards(names: string[], rows: string[][]): string[] {
  const [month, source] = [names.indexOf('month'), names.indexOf('package')]
  if (month < 0 || source < 0) return []
  const byMonth = new Map<string, Set<string>>()
  for (const cells of rows) {
    const known = byMonth.get(cells[month])
    if (known) known.add(cells[source])
    else byMonth.set(cells[month], new Set([cells[source]]))
  }
  // The last month of the first part may be cut off.
  const sizes = [...byMonth.values()].slice(0, -1).map(({ size }) => size)
  if (sizes.length < 2 || sizes[0] < 50 || sizes.some((size) => size !== sizes[0])) return []
  return [
    `Every month holds the same ${sizes[0].toLocaleString('en-GB')} packages. If they were chosen by how they ` +
      'did at the end, a backtest on them looks ahead.',
    'A month is read as its last day.',
  ]
}
