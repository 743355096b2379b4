import { cellOf, hasAll, hasAny, mostCells, mostRows, type Shape } from './shape.ts'

const address = /^[0-9a-f]{5,6}$/i

export const aviationShapes: Shape[] = [
  {
    name: 'OpenFlights airports',
    kind: 'airports',
    content: 'rows',
    fits: ({ header, rows }) =>
      !header &&
      mostRows(rows, (cells) => cells.length >= 12 && cells.length <= 14) &&
      mostCells(rows, 5, /^([A-Z0-9]{4}|\\N)$/) &&
      mostCells(rows, 6, /^-?\d+(\.\d+)?$/),
    plan: ({ rows }) => {
      const without = rows.filter((cells) => cells[4] === '\\N').length
      return {
        columns: { code: 5, iata: 4, name: 1, latitude: 6, longitude: 7 },
        notes: without > 0 ? ['Airports without an IATA code (\\N) are kept under their ICAO code.'] : [],
      }
    },
  },
  {
    name: 'OurAirports',
    kind: 'airports',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['ident', 'latitudedeg', 'longitudedeg']),
    plan: ({ names }) => ({ columns: { code: cellOf(names, 'ident') } }),
  },
  {
    name: 'OpenSky flights',
    kind: 'flights',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['icao24', 'firstseen', 'lastseen']),
    plan: () => ({
      notes: [
        'Airports are estimated by OpenSky from the first and last position it received; some are missing.',
      ],
    }),
  },
  {
    name: 'ADS-B positions',
    kind: 'flights',
    content: 'positions',
    fits: ({ names }) =>
      hasAny(names, ['icao24', 'hex', 'icao', 'icaoaddress']) &&
      hasAny(names, ['lat', 'latitude']) &&
      hasAny(names, ['lon', 'longitude', 'lng']) &&
      hasAny(names, [
        'time',
        'timestamp',
        'timestamputc',
        'timeposition',
        'lastcontact',
        'datetime',
        'hour',
        'now',
      ]),
    plan: ({ names }) => ({
      columns: names.includes('now') ? { time: cellOf(names, 'now') } : {},
      notes: [
        'These are positions, not flights: they are joined into flights, and the airports are the nearest of ' +
          'those loaded. Load airports before them.',
      ],
    }),
  },
  {
    name: 'OpenSky aircraft',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['icao24', 'registration', 'typecode', 'operator', 'owner']),
    plan: ({ names }) => ({
      columns: {
        owner: cellOf(names, 'operator'),
        registeredOwner: cellOf(names, 'owner'),
        validFrom: undefined,
        validTo: undefined,
      },
      notes: ['Where no operator is given, the owner stands in its place.'],
    }),
  },
  {
    name: 'plane-alert-db',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ header, names }) =>
      hasAll(names, ['icao', 'registration', 'operator']) &&
      (header?.cells.some((cell) => /^[$#]/.test(cell)) ?? false),
    plan: ({ names, rows }) => {
      const icao = cellOf(names, 'icao')!
      const short = rows.some((cells) => /^[0-9a-f]{1,5}$/i.test(cells[icao] ?? ''))
      return {
        notes: short ? ['Some addresses lost their leading zero on the way; it is put back.'] : [],
      }
    },
  },
  {
    name: 'Virtual Radar Server aircraft',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['icao', 'registration', 'modelicao', 'operator']),
    plan: ({ names, rows }) => {
      const operator = cellOf(names, 'operator')!
      const hidden = rows.some((cells) => cells[operator] === 'Private')
      return {
        notes: hidden ? ['Operators called “Private” are hidden by their owners and match no company.'] : [],
      }
    },
  },
  {
    name: 'FAA registry',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['nnumber', 'modescodehex', 'name']),
    plan: ({ names }) => ({
      columns: {
        icao24: cellOf(names, 'modescodehex'),
        registration: cellOf(names, 'nnumber'),
        owner: cellOf(names, 'name'),
        validFrom: cellOf(names, 'certissuedate'),
        validTo: undefined,
        type: undefined,
      },
      notes: ['The tail numbers stand without their N, as the registry writes them.'],
    }),
  },
  {
    name: 'tar1090 aircraft',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ header, rows }) =>
      !header &&
      mostRows(rows, (cells) => cells.length >= 5 && cells.length <= 9) &&
      mostCells(rows, 0, /^[0-9a-f]{6}$/i) &&
      mostCells(rows, 2, /^[A-Z0-9]{2,4}$/),
    plan: ({ rows: [first] }) => ({
      columns: { icao24: 0, registration: 1, type: 2, owner: first.length > 6 ? 6 : undefined },
    }),
  },
  {
    name: 'tar1090 aircraft',
    kind: 'aircraft',
    content: 'rows',
    fits: ({ names, rows }) =>
      hasAll(names, ['key', 'r', 't']) && mostCells(rows, names.indexOf('key'), address),
    plan: ({ names }) => ({
      columns: {
        icao24: cellOf(names, 'key'),
        registration: cellOf(names, 'r'),
        type: cellOf(names, 't'),
        owner: cellOf(names, 'ownop'),
      },
    }),
  },
  {
    name: 'ICAO aircraft types',
    kind: 'aircraft_types',
    content: 'rows',
    fits: ({ names }) => hasAll(names, ['key', 'desc', 'wtc']),
  },
]
