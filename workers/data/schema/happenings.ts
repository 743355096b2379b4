import { companySymbol, knownAt } from './common.ts'
import { column, table } from './rules.ts'

export const events = table({
  name: 'events',
  rows: 'events',
  doc: 'What companies announce: takeovers, mergers, earnings. A list that names companies instead of tickers is enough: names are matched afterwards.',
  columns: [
    column(
      'symbol',
      'VARCHAR',
      'Ticker of the company the event happens to; empty until a name is matched to one.',
      ['symbol', 'ticker', 'acquirersymbol', 'acquirerticker'],
      {
        key: true,
        required: true,
        unless: 'company',
        mayBeBlank: true,
        form: 'symbol',
      },
    ),
    column(
      'announced_on',
      'DATE',
      'Day of the announcement. Where a file gives only the month or the year, its last day.',
      [
        'announcedon',
        'date',
        'announced',
        'announcementdate',
        'dateannounced',
        'acquisitiondate',
        'eventdate',
        'day',
      ],
      {
        key: true,
        required: true,
        unit: 'day',
        partial: true,
      },
    ),
    column('kind', 'VARCHAR', 'What happens to the company.', ['kind', 'event', 'eventtype', 'type'], {
      key: true,
      form: 'choice',
      open: true,
      constant: 'acquirer',
      mayBeBlank: true,
      choices: {
        acquirer: 'acquirer',
        buyer: 'acquirer',
        acquisition: 'acquirer',
        target: 'target',
        acquired: 'target',
        merger: 'merger',
        earnings: 'earnings',
        results: 'earnings',
      },
    }),
    column(
      'counterparty',
      'VARCHAR',
      'The other side, as the file names it.',
      ['counterparty', 'acquiredcompany', 'target', 'targetname', 'acquired', 'business', 'company'],
      {
        key: true,
        mayBeBlank: true,
        prose: true,
      },
    ),
    column(
      'company',
      'VARCHAR',
      'Name of the company, where the file has no ticker.',
      [
        'acquiredby',
        'parentcompany',
        'acquirer',
        'buyer',
        'acquirername',
        'acquiringcompany',
        'companyname',
        'company',
      ],
      {
        mayBeBlank: true,
      },
    ),
    column(
      'precision',
      'VARCHAR',
      'How exactly the day is known: day, month or year. Only days fit a daily event study.',
      ['precision', 'dateprecision'],
      {
        mayBeBlank: true,
        form: 'choice',
        choices: { day: 'day', month: 'month', year: 'year' },
      },
    ),
    column(
      'value',
      'DOUBLE',
      'Price paid.',
      ['value', 'valueusd', 'acquisitionprice', 'price', 'dealvalue', 'amount'],
      { mayBeBlank: true, unit: 'currency of the file' },
    ),
  ],
  sources: [
    column(
      'year',
      'DOUBLE',
      'Year of the announcement, where the date stands in several columns.',
      ['year', 'acquisitionyear', 'announcementyear'],
      { mayBeBlank: true },
    ),
    column(
      'month',
      'VARCHAR',
      'Its month, as a number or a name.',
      ['month', 'acquisitionmonth', 'announcementmonth'],
      { mayBeBlank: true },
    ),
    column(
      'day_of_month',
      'DOUBLE',
      'Its day of the month.',
      ['dayofmonth', 'acquisitionmonthdate', 'acquisitionday', 'announcementday'],
      { mayBeBlank: true },
    ),
  ],
  time: 'announced_on',
  subject: 'symbol',
})

export const incidents = table({
  name: 'incidents',
  rows: 'incidents',
  doc: 'Outages and other troubles that a company reported on its status page.',
  columns: [
    companySymbol,
    column(
      'started_at',
      'TIMESTAMP',
      'When it began.',
      [
        'startedat',
        'downtimestart',
        'startat',
        'begin',
        'start',
        'starttime',
        'created',
        'createdat',
        'date',
      ],
      {
        key: true,
        required: true,
        unit: 'UTC',
      },
    ),
    column(
      'resolved_at',
      'TIMESTAMP',
      'When it was over; empty while it lasts.',
      ['resolvedat', 'downtimeend', 'endat', 'end', 'endtime', 'resolved'],
      {
        mayBeBlank: true,
        unit: 'UTC',
      },
    ),
    column('severity', 'VARCHAR', 'As the status page calls it.', ['severity', 'impact', 'status', 'level'], {
      mayBeBlank: true,
    }),
    column(
      'incident',
      'VARCHAR',
      'Identifier on the status page.',
      ['incidentid', 'incident', 'id', 'number', 'service'],
      { key: true, mayBeBlank: true, prose: true },
    ),
    column(
      'title',
      'VARCHAR',
      'What it was about.',
      ['title', 'summary', 'externaldesc', 'name', 'description'],
      { mayBeBlank: true, prose: true },
    ),
  ],
  sources: [],
  time: 'started_at',
  subject: 'symbol',
})

export const news = table({
  name: 'news',
  rows: 'headlines',
  doc: 'Headlines with the mood of each.',
  columns: [
    companySymbol,
    column(
      'published_at',
      'TIMESTAMP',
      'When it was published.',
      ['publishedat', 'published', 'datetime', 'timestamp', 'date', 'time', 'pubdate', 'createdat'],
      {
        key: true,
        required: true,
        unit: 'UTC',
      },
    ),
    column('headline', 'VARCHAR', 'The headline.', ['headline', 'title', 'text', 'summary'], {
      key: true,
      required: true,
      prose: true,
    }),
    column(
      'sentiment',
      'DOUBLE',
      'Mood from −1 (bad) to 1 (good); empty where not judged.',
      ['sentiment', 'sentimentscore', 'score', 'polarity'],
      {
        mayBeBlank: true,
        range: [-1, 1],
        unit: '−1…1',
        words: { negative: -1, bearish: -1, neutral: 0, positive: 1, bullish: 1 },
      },
    ),
    column('source', 'VARCHAR', 'Who published it.', ['source', 'publisher', 'site', 'provider'], {
      mayBeBlank: true,
      constant: '',
    }),
    knownAt,
  ],
  sources: [],
  time: 'published_at',
  subject: 'symbol',
  knownAt: {
    from: ['published_at'],
    lagHours: 3,
    doc: 'A headline may be used at the close of the day it appeared on, after 21:00 UTC on the day after.',
  },
})
