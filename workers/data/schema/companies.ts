import { symbol } from './common.ts'
import { column, table } from './rules.ts'

export const companies = table({
  name: 'companies',
  rows: 'companies',
  doc: 'One row per listed company.',
  columns: [
    symbol,
    column(
      'name',
      'VARCHAR',
      'Company name.',
      ['name', 'company', 'companyname', 'security', 'securityname', 'shortname', 'longname', 'title'],
      {
        mayBeBlank: true,
        prose: true,
      },
    ),
    column('sector', 'VARCHAR', 'Sector, for the limits per sector.', ['sector', 'gicssector', 'industry'], {
      mayBeBlank: true,
    }),
    column(
      'hq_airport',
      'VARCHAR',
      'Airport nearest to the headquarters.',
      ['hqairport', 'airport', 'headquartersairport'],
      {
        mayBeBlank: true,
        unit: 'ICAO or IATA',
        form: 'airport',
      },
    ),
    column(
      'delisted_on',
      'DATE',
      'Last day listed; empty while listed.',
      ['delistedon', 'delisted', 'delistingdate'],
      {
        mayBeBlank: true,
        unit: 'day',
      },
    ),
  ],
  sources: [],
  time: null,
  subject: 'symbol',
})
