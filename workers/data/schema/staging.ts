import { companySymbol, icao24, knownOrSeenAt } from './common.ts'
import { column, table } from './rules.ts'
import { sentiments } from './demand.ts'

/*
 * What is read before it becomes rows of a table: tickets one by one, which are counted per day, and position
 * reports, which are joined into flights.
 */

/** What of a ticket is kept for reading its words, at the import and later. */
const longestTitle = 300
const longestBeginning = 1000

export const ticketTexts = table({
  name: 'ticket_texts',
  rows: 'tickets',
  doc: 'One row per ticket.',
  columns: [
    companySymbol,
    column(
      'created_at',
      'TIMESTAMP',
      'When it was opened.',
      [
        'createdat',
        'created',
        'opened',
        'openedat',
        'creationdate',
        'createddate',
        'createdtime',
        'date',
        'time',
        'timestamp',
      ],
      {
        key: true,
        required: true,
        unit: 'UTC',
      },
    ),
    column(
      'source',
      'VARCHAR',
      'Where it was opened.',
      ['source', 'repository', 'repo', 'channel', 'product', 'projectname'],
      { mayBeBlank: true, constant: '' },
    ),
    column('title', 'VARCHAR', 'Its title.', ['title', 'subject', 'summary'], {
      required: true,
      unless: 'text',
      mayBeBlank: true,
      prose: true,
      longest: longestTitle,
    }),
    column(
      'text',
      'VARCHAR',
      'Its text, of which the first 1,000 characters are read.',
      ['text', 'body', 'description', 'message', 'content'],
      {
        mayBeBlank: true,
        prose: true,
        longest: longestBeginning,
      },
    ),
    column('sentiment', 'VARCHAR', 'Its mood, where the file judges it.', ['sentiment', 'mood', 'tone'], {
      mayBeBlank: true,
      form: 'choice',
      choices: sentiments,
      constant: '',
    }),
    knownOrSeenAt,
  ],
  sources: [],
  time: 'created_at',
  subject: 'symbol',
  knownAt: {
    from: ['created_at'],
    lagHours: 24,
    doc: 'The tickets of a day are counted when it is over: usable on the next day.',
  },
})

export const positions = table({
  name: 'positions',
  rows: 'position reports',
  doc: 'Where an aircraft was at a moment (ADS-B state vectors).',
  columns: [
    icao24,
    column(
      'time',
      'TIMESTAMP',
      'When.',
      ['time', 'timestamp', 'timestamputc', 'timeposition', 'lastcontact', 'datetime', 'hour'],
      { key: true, required: true, unit: 'UTC' },
    ),
    column('latitude', 'DOUBLE', 'Degrees north.', ['latitude', 'lat'], {
      required: true,
      unit: 'degrees',
      range: [-90, 90],
      mayBeBlank: true,
    }),
    column('longitude', 'DOUBLE', 'Degrees east.', ['longitude', 'lon', 'lng'], {
      required: true,
      unit: 'degrees',
      range: [-180, 180],
      mayBeBlank: true,
    }),
    column(
      'altitude',
      'DOUBLE',
      'Barometric altitude.',
      ['baroaltitude', 'altitude', 'alt', 'geoaltitude', 'altitudem'],
      {
        unit: 'metres',
        mayBeBlank: true,
        scaledAliases: { altitudeft: 0.3048, altbaro: 0.3048 },
        words: { ground: 0 },
      },
    ),
    column('ground_speed', 'DOUBLE', 'Speed over ground.', ['velocity', 'groundspeed', 'gs'], {
      unit: 'm/s',
      mayBeBlank: true,
      scaledAliases: { groundspeedkt: 0.514444, groundspeedkts: 0.514444, speedkt: 0.514444 },
    }),
    column('on_ground', 'DOUBLE', '1 on the ground, 0 in the air.', ['onground', 'ground'], {
      mayBeBlank: true,
      words: { true: 1, t: 1, yes: 1, false: 0, f: 0, no: 0 },
    }),
  ],
  sources: [],
  time: 'time',
  subject: 'icao24',
})
