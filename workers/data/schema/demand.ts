import { companySymbol, dateAliases, knownAt } from './common.ts'
import { column, table } from './rules.ts'

const nextDay = 24

export const sentiments = {
  negative: 'negative',
  neg: 'negative',
  bad: 'negative',
  complaint: 'negative',
  positive: 'positive',
  pos: 'positive',
  good: 'positive',
  neutral: 'neutral',
  other: 'neutral',
}

export const tickets = table({
  name: 'tickets',
  rows: 'daily ticket counts',
  doc: 'Support tickets, issues or complaints per day. A file with one row per ticket is counted by day and by the words in its text.',
  columns: [
    companySymbol,
    column('date', 'DATE', 'Day the tickets were opened.', dateAliases, {
      key: true,
      required: true,
      unit: 'day',
    }),
    column(
      'source',
      'VARCHAR',
      'Where they were opened.',
      ['source', 'channel', 'forum', 'repository', 'repo', 'product'],
      { key: true, mayBeBlank: true, constant: '' },
    ),
    column(
      'sentiment',
      'VARCHAR',
      'Mood of the tickets counted.',
      ['sentiment', 'mood', 'tone', 'category'],
      {
        key: true,
        form: 'choice',
        choices: sentiments,
        constant: 'neutral',
        mayBeBlank: true,
      },
    ),
    column(
      'count',
      'DOUBLE',
      'Tickets of the day.',
      ['count', 'tickets', 'n', 'issues', 'ticketcount', 'number', 'volume'],
      {
        required: true,
        whole: true,
        range: [0, Number.MAX_VALUE],
        unit: 'tickets',
      },
    ),
    knownAt,
  ],
  sources: [],
  time: 'date',
  subject: 'symbol',
  knownAt: {
    from: ['date'],
    lagHours: nextDay,
    doc: 'A day’s tickets are counted when it is over: usable on the next day.',
  },
})

export const adoption = table({
  name: 'adoption',
  rows: 'adoption figures',
  doc: 'How much a product is used: downloads, seats, commits, per day.',
  columns: [
    companySymbol,
    column(
      'date',
      'DATE',
      'Day of the figure. Where a file gives only the month, its last day.',
      [...dateAliases, 'downloaddate', 'month'],
      {
        key: true,
        required: true,
        unit: 'day',
        partial: true,
      },
    ),
    column(
      'source',
      'VARCHAR',
      'Package or place that is counted.',
      [
        'source',
        'package',
        'packagename',
        'project',
        'fileproject',
        'product',
        'repository',
        'repo',
        'image',
        'app',
      ],
      { key: true, mayBeBlank: true, constant: '' },
    ),
    column('metric', 'VARCHAR', 'What is counted.', ['metric', 'measure', 'category', 'kind', 'series'], {
      key: true,
      mayBeBlank: true,
      constant: 'downloads',
    }),
    column(
      'value',
      'DOUBLE',
      'The figure.',
      [
        'value',
        'downloads',
        'avgdailydownloads',
        'count',
        'installs',
        'users',
        'seats',
        'stars',
        'n',
        'numdownloads',
        'downloadcount',
        'dailydownloads',
        'totaldownloads',
        'activeusers',
        'pulls',
        'pullcount',
      ],
      { required: true, unit: 'as counted' },
    ),
    knownAt,
  ],
  sources: [],
  time: 'date',
  subject: 'symbol',
  knownAt: {
    from: ['date'],
    lagHours: nextDay,
    doc: 'Registries publish a day’s downloads when it is over: usable on the next day.',
  },
})

export const fundamentals = table({
  name: 'fundamentals',
  rows: 'fundamental figures',
  doc: 'Figures from quarterly and yearly reports, one per row.',
  columns: [
    companySymbol,
    column(
      'period_end',
      'DATE',
      'Last day of the period reported on.',
      [
        'periodend',
        'period',
        'fiscaldateending',
        'reportdate',
        'enddate',
        'fiscalperiodend',
        'quarterend',
        'datekey',
        'end',
        'ddate',
        'date',
      ],
      {
        key: true,
        required: true,
        unit: 'day',
        partial: true,
      },
    ),
    column(
      'metric',
      'VARCHAR',
      'What is reported.',
      ['metric', 'item', 'concept', 'tag', 'field', 'indicator', 'measure'],
      { key: true, required: true },
    ),
    column('value', 'DOUBLE', 'The figure.', ['value', 'amount', 'val', 'figure'], {
      required: true,
      unit: 'as reported',
    }),
    knownAt,
  ],
  sources: [],
  time: 'period_end',
  subject: 'symbol',
  knownAt: {
    from: ['period_end'],
    lagHours: 60 * 24,
    doc: 'Reports are due 40 to 90 days after the period: 60 are assumed.',
  },
})
