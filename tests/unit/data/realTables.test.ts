import { afterAll, beforeAll, expect, it } from 'vitest'
import { demandSourcesOf } from '../../../workers/data/demand/demandSourcesOf.ts'
import { readDemandTables } from '../../../workers/data/demand/readDemandTables.ts'
import { Refusals } from '../../../workers/data/refusals.ts'
import {
  severities,
  type DailySeries,
  type DemandProblemKind,
  type DemandTables,
} from '../../../workers/quant/demandTables.ts'
import type { DatasetSummary, ImportPlan, RefusedRow, TableName } from '../../../workers/data/api.ts'
import { isoOf } from '../../../workers/data/read/dates.ts'
import { describeShared, hasShared, sharedJson, sharedPath } from '../shared.ts'
import { fileAt, openService, valueOf, type OpenedService } from './openService.ts'

/** What the file is known to hold; which figures depends on the table. */
type Facts = Record<string, never>
const expectations = hasShared ? sharedJson<Record<string, Facts>>('realdata', 'expectations.json') : {}

interface Imported {
  plan: ImportPlan
  dataset: DatasetSummary
  refused: RefusedRow[]
  facts: Facts
  /** One row of numbers: the expressions over the imported table, in their order. */
  numbers(...expressions: string[]): Promise<number[]>
  texts(expression: string): Promise<string[]>
  /** What the Tickets system would get of it. */
  demand(): Promise<DemandTables>
}

/** Of all series: days without a figure, and the sum of the others. */
function daysAndSum({ value }: DailySeries): { missing: number; days: number; sum: number } {
  const told = value.filter((figure) => !Number.isNaN(figure))
  return {
    missing: value.length - told.length,
    days: value.length,
    sum: told.reduce((sum, figure) => sum + figure, 0),
  }
}

const problemOf = ({ problems }: DemandTables, kind: DemandProblemKind) =>
  problems.find((problem) => problem.kind === kind)

const slow = 60_000

describeShared('real files of every table', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  }, slow)
  afterAll(() => opened.close())

  /** Drops the file as it is, types the symbol where it is asked for, and imports it. */
  async function imported(path: string, symbol = ''): Promise<Imported> {
    const { service, database } = opened
    const [plan] = valueOf(await service.inspect([await fileAt(sharedPath('realdata', path))], null))
    const asks = plan.problems.map((problem) => problem.includes('Type the symbol'))
    expect(asks).toEqual(symbol === '' ? [] : [true])
    const report = valueOf(await service.importFiles([symbol === '' ? plan : { ...plan, symbol }]))
    expect(report.failed).toEqual([])
    const [dataset] = report.datasets
    const from = `FROM ${dataset.id}`
    return {
      plan,
      dataset,
      refused: valueOf(await service.refused(dataset.id, Infinity)),
      facts: expectations[path],
      async numbers(...expressions) {
        const list = expressions.map((expression, i) => `(${expression})::DOUBLE AS n${i}`)
        const rows = await database.query(`SELECT ${list.join(', ')} ${from}`)
        return expressions.map((_, i) => rows.numbers(`n${i}`)[0])
      },
      async texts(expression) {
        const rows = await database.query(
          `SELECT (${expression})::VARCHAR AS t, count(*)::INTEGER AS n ${from} GROUP BY 1 ORDER BY 1`,
        )
        const counts = rows.integers('n')
        return rows.texts('t').map((text, i) => `${text} ${counts[i]}`)
      },
      demand() {
        const { content } = plan
        const own = { summary: dataset, table: dataset.id, refused: new Refusals(), content }
        const sources = demandSourcesOf([own], false)
        return readDemandTables(database, sources, { symbols: dataset.symbols, to: dataset.to })
      },
    }
  }

  function expectCounts({ dataset, refused }: Imported, kind: TableName, records: number, refusals: number) {
    expect([dataset.kind, dataset.records, dataset.refused]).toEqual([kind, records, refusals])
    expect(refused).toHaveLength(refusals)
  }

  const counted = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([text, n]) => `${text} ${n}`)
      .sort()

  it('owners of aircraft with $ and # in the header; addresses that lost a zero get it back', async () => {
    const file = await imported('flights/plane-alert-db.csv')
    expectCounts(file, 'aircraft', file.facts.rows, 0)
    expect(file.plan.shape).toBe('plane-alert-db')
    expect(file.plan.notes.join()).toContain('leading zero')
    const keys = (file.facts.bad_row_keys as string[]).map((key) => `'0${key}'`).join(', ')
    expect(
      await file.numbers(
        'count(DISTINCT icao24)',
        `count(*) FILTER (icao24 IN (${keys}))`,
        'count(*) FILTER (length(icao24) <> 6)',
        `count(*) FILTER (icao24 IN ('0200e6', '03e003'))`,
      ),
    ).toEqual([file.facts.rows, 2, 0, expect.any(Number)])
  })

  it('owners in the form of Virtual Radar Server', async () => {
    const file = await imported('flights/vrs_us_aircraft.csv')
    expectCounts(file, 'aircraft', file.facts.rows, 0)
    expect(file.plan.notes.join()).toContain('Private')
    expect(
      await file.numbers(
        'count(DISTINCT icao24)',
        "count(*) FILTER (owner = 'Private')",
        "count(*) FILTER (type = 'GLF5')",
      ),
    ).toEqual([file.facts.unique_icao, file.facts.private_operator, expect.any(Number)])
  })

  it('airports without a header; \\N is nothing, and one without any code is refused', async () => {
    const file = await imported('flights/openflights_airports.csv')
    expect(file.dataset.kind).toBe('airports')
    expect(file.dataset.records + file.dataset.refused).toBe(file.facts.rows)
    expect(file.refused.map(({ column, value }) => [column, value])).toEqual([['code', '\\N']])
    const [low, high, west, east] = await file.numbers(
      'min(latitude)',
      'max(latitude)',
      'min(longitude)',
      'max(longitude)',
    )
    expect([
      [low, high],
      [west, east],
    ]).toEqual([file.facts.lat_range, file.facts.lon_range])
    expect(
      await file.numbers(
        "count(*) FILTER (iata = '')",
        "max(latitude) FILTER (code = 'LSZB')",
        "max(longitude) FILTER (code = 'LSZB')",
      ),
    ).toEqual([(file.facts.iata_null as number) - 1, ...(file.facts.probe as { LSZB: number[] }).LSZB])
  })

  it('position reports become flights between airports; feet become metres', async () => {
    await imported('flights/openflights_airports.csv')
    const file = await imported('flights/switzerland_bizjet_points.csv')
    expectCounts(file, 'flights', file.facts.rows, 0)
    expect(file.plan.content).toBe('positions')
    expect(file.plan.scales).toEqual({ altitude: 0.3048, groundSpeed: 0.514444 })
    expect(file.dataset.symbols).toHaveLength(file.facts.aircraft)
    const [from, to, legs] = await file.numbers(
      'epoch_ms(min(departed_at))',
      'epoch_ms(max(arrived_at))',
      "count(*) FILTER (origin <> '' OR destination <> '')",
    )
    expect(new Date(from).toISOString()).toBe((file.facts.first as string).replace('Z', '.000Z'))
    expect(new Date(to).toISOString()).toBe((file.facts.last as string).replace('Z', '.000Z'))
    // All pass over: none is seen below 30,000 feet, so no airport is claimed.
    expect(legs).toBe(0)
    expect(file.dataset.notes.at(-1)).toMatch(/^Of 36 flights 0 have an origin and 0 a destination/)
  })

  it('departures from the OpenSky API: seconds of 1970, some without arrival', async () => {
    const file = await imported('flights/opensky_departures_LSZB.json')
    expectCounts(file, 'flights', file.facts.flights, 0)
    const [arrivals, round, first, last] = await file.numbers(
      "count(*) FILTER (destination = '')",
      "count(*) FILTER (destination = 'LSZB')",
      'epoch_ms(min(departed_at))',
      'epoch_ms(max(arrived_at))',
    )
    expect([arrivals, round]).toEqual([file.facts.arrival_null, file.facts.round_trips])
    expect([first, last]).toEqual([
      Date.parse(file.facts.first_seen_utc as string),
      Date.parse(file.facts.last_seen_utc as string),
    ])
    expect(file.dataset.symbols).toHaveLength(file.facts.aircraft)
  })

  it('aircraft types by designator stay text; a wake of “-” is none', async () => {
    const file = await imported('flights/icao_aircraft_types.json')
    expectCounts(file, 'aircraft_types', file.facts.types, 0)
    const { '-': none, ...wakes } = file.facts.wake as Record<string, number>
    expect(await file.texts('wake')).toEqual([` ${none}`, ...counted(wakes)])
    expect(await file.numbers("count(*) FILTER (type IN ('A10', 'E145'))")).toEqual([2])
  })

  it('acquisitions with whole dates: counts by buyer; uncertain dates and weekends are told', async () => {
    const file = await imported('events/wikipedia_acquisitions_2020.tsv')
    expectCounts(file, 'events', file.facts.rows, 0)
    expect(file.plan.notes.join()).toMatch(/first of a month.*weekend/)
    expect([isoOf(file.dataset.from), isoOf(file.dataset.to)]).toEqual([
      file.facts.first_date,
      file.facts.last_date,
    ])
    expect(
      await file.numbers(
        'count(*) FILTER (NOT isnan(value))',
        "count(*) FILTER (announced_on >= DATE '2015-01-01')",
        'count(*) FILTER (dayofweek(announced_on) IN (0, 6))',
        'count(*) FILTER (day(announced_on) = 1)',
      ),
    ).toEqual([
      file.facts.with_value,
      file.facts.since_2015,
      file.facts.weekend_dates,
      file.facts.first_of_month_dates,
    ])
    expect(await file.texts('company')).toEqual(
      expect.arrayContaining(counted(file.facts.by_acquirer as Record<string, number>)),
    )
  })

  it('acquisitions with day, month and year apart; “Feburary” is February', async () => {
    const file = await imported('events/bigtech_acquisitions_2020.csv')
    expectCounts(file, 'events', file.facts.rows, 0)
    const { day_missing: noDay, month_missing: noMonth, full_valid_dates: whole } = file.facts
    expect(await file.texts('precision')).toEqual(
      counted({ day: whole, month: (noDay as number) - (noMonth as number), year: noMonth }),
    )
    expect(file.dataset.notes.join()).toContain(`${(noDay as number) - (noMonth as number)} to the month`)
    expect(await file.texts('company')).toEqual(counted(file.facts.by_parent as Record<string, number>))
    const years = await file.numbers('min(year(announced_on))', 'max(year(announced_on))')
    expect(years.map(String)).toEqual(file.facts.years)
    expect(await file.numbers('count(*) FILTER (month(announced_on) = 2)')).not.toEqual([0])
  })

  it('acquisitions by month only say that they are unfit for single days', async () => {
    const file = await imported('events/kaggle_big_tech_MA_2021.csv')
    const { rows, year_dash: noYear, month_dash: noMonth } = file.facts
    expectCounts(file, 'events', (rows as number) - (noYear as number), noYear)
    expect(file.plan.notes.join()).toContain('unfit for a daily event study')
    const years = (noMonth as number) - (noYear as number)
    expect(await file.texts('precision')).toEqual(
      counted({ month: (rows as number) - (noYear as number) - years, year: years }),
    )
  })

  it('incidents as windows: zero minutes and weeks, planned work among them', async () => {
    const file = await imported('incidents/github_downtime_windows.csv', 'MSFT')
    expectCounts(file, 'incidents', file.facts.rows, 0)
    expect(file.plan.notes.join()).toContain('planned maintenance')
    expect(await file.texts('severity')).toEqual(counted(file.facts.impact as Record<string, number>))
    expect(await file.texts('year(started_at)')).toEqual(
      counted(file.facts.per_year as Record<string, number>),
    )
    const minutes = "date_diff('minute', started_at, resolved_at)"
    expect(
      await file.numbers('count(DISTINCT incident)', `max(${minutes})`, `count(*) FILTER (${minutes} = 0)`),
    ).toEqual([file.facts.unique_ids, file.facts.max_minutes, file.facts.zero_minutes])
    const tables = await file.demand()
    const grave = Array.from(tables.incidents.severity, (code) => severities[code])
    const impact = file.facts.impact as Record<string, number>
    for (const [severity, n] of Object.entries(impact))
      expect(grave.filter((one) => one === severity)).toHaveLength(n)
    const { sum, missing } = daysAndSum(tables.tickets)
    expect([sum, missing]).toEqual([
      (file.facts.rows as number) - (impact.none ?? 0) - (impact.maintenance ?? 0),
      0,
    ])
    expect([...tables.products.name, ...tables.products.derived]).toEqual(['incidents', 1])
  })

  it('incidents as changes of status: repeated rows are counted', async () => {
    const file = await imported('incidents/github_segments.csv', 'MSFT')
    expectCounts(file, 'incidents', file.facts.rows, 0)
    expect(file.dataset.repeated).toBeGreaterThanOrEqual(file.facts.exact_duplicate_rows)
    const rows = 'symbol, started_at, resolved_at, severity, incident'
    expect(
      await file.numbers(
        'count(DISTINCT incident)',
        `count(*) - count(DISTINCT (${rows}))`,
        'epoch_ms(max(started_at))',
      ),
    ).toEqual([
      file.facts.incidents,
      file.facts.exact_duplicate_rows,
      Date.parse(file.facts.last_start as string),
    ])
    const tables = await file.demand()
    expect(tables.incidents.started).toHaveLength(file.facts.incidents)
    expect(problemOf(tables, 'same-incident')?.count).toBe(
      (file.facts.rows as number) - (file.facts.incidents as number),
    )
    // What is called scheduled or in progress is planned work; that of the windows is the same.
    expect([...tables.incidents.severity].filter((code) => severities[code] === 'maintenance')).toHaveLength(
      (expectations['incidents/github_downtime_windows.csv'].impact as Record<string, number>).maintenance,
    )
  })

  it('incidents as one JSON object a line', async () => {
    const file = await imported('incidents/github_incidents.jsonl', 'MSFT')
    expectCounts(file, 'incidents', file.facts.rows, 0)
    expect(
      await file.numbers(
        'count(DISTINCT incident)',
        'epoch_ms(min(started_at))',
        'epoch_ms(max(started_at))',
      ),
    ).toEqual([
      file.facts.unique_ids,
      Date.parse(file.facts.first_start as string),
      Date.parse(file.facts.last_start as string),
    ])
    const { incidents } = await file.demand()
    expect(incidents.started).toHaveLength(file.facts.rows)
    expect(new Set(incidents.started.map((minute) => Math.floor(minute / 1440))).size).toBe(
      file.facts.days_with_an_incident,
    )
  })

  it('incidents of Google Cloud, with offsets', async () => {
    const file = await imported('incidents/gcp_incidents_2021_2022.json', 'GOOGL')
    expectCounts(file, 'incidents', file.facts.incidents, 0)
    expect(await file.texts('severity')).toEqual(counted(file.facts.severity as Record<string, number>))
    expect(await file.numbers('epoch_ms(min(started_at))', 'epoch_ms(max(started_at))')).toEqual([
      Date.parse(file.facts.first_begin as string),
      Date.parse(file.facts.last_begin as string),
    ])
    const { incidents } = await file.demand()
    const { low, medium, high } = file.facts.severity as Record<string, number>
    const codes = ['minor', 'major', 'critical'].map((name) =>
      incidents.severity.reduce((sum, code) => sum + Number(severities[code] === name), 0),
    )
    expect(codes).toEqual([low, medium, high])
  })

  it('incidents of Amazon under “archive”, seconds as text', async () => {
    const file = await imported('incidents/aws_status_2021_2022.json', 'AMZN')
    expectCounts(file, 'incidents', file.facts.archive, 0)
    expect(file.plan.path).toBe('archive')
    expect(await file.texts('severity')).toEqual(counted(file.facts.status as Record<string, number>))
    expect(await file.numbers('epoch_ms(min(started_at))', 'epoch_ms(max(started_at))')).toEqual([
      Date.parse(file.facts.first_utc as string),
      Date.parse(file.facts.last_utc as string),
    ])
    const tables = await file.demand()
    expect(tables.incidents.started).toHaveLength(file.facts.archive)
    expect(problemOf(tables, 'ends-untold')?.count).toBe(file.facts.archive)
  })

  it.each(['tickets/terraform_github_issues.csv', 'tickets/terraform_github_prs.csv'])(
    '%s: counted by day; the empty row and the subtotals are refused',
    async (path) => {
      const file = await imported(path, 'HCP')
      expectCounts(file, 'tickets', file.facts.rows_clean, file.facts.bad_rows)
      expect(file.plan.constants.source).toBe('hashicorp/terraform')
      const before = "date < DATE '2023-08-10'"
      expect(
        await file.numbers(
          'sum(count)',
          `sum(count) FILTER (${before})`,
          `sum(count) FILTER (NOT ${before})`,
          'count(DISTINCT date)',
        ),
      ).toEqual([
        file.facts.rows_clean,
        file.facts.rows_before_2023_08_10,
        file.facts.rows_from_2023_08_10,
        file.facts.days,
      ])
      expect(await file.numbers('count(*) FILTER (known_at <> date + 1)')).toEqual([0])
      const tables = await file.demand()
      const { days, sum, missing } = daysAndSum(tables.tickets)
      const span = file.dataset.to - file.dataset.from + 1
      expect([sum, missing, days]).toEqual([file.facts.rows_clean, 0, 3 * span])
      expect(problemOf(tables, 'absent-is-zero')?.count).toBe(span - (file.facts.days as number))
    },
  )

  it('tickets as nested JSON, markdown and line ends in their texts', async () => {
    const file = await imported('tickets/vscode_issues.json', 'MSFT')
    expectCounts(file, 'tickets', file.facts.issues, 0)
    const perDay = file.facts.per_day as Record<string, number>
    const rows = await opened.database.query(
      `SELECT date::VARCHAR AS day, sum(count)::INTEGER AS n FROM ${file.dataset.id} GROUP BY 1`,
    )
    const counts = rows.integers('n')
    expect(Object.fromEntries(rows.texts('day').map((day, i) => [day, counts[i]]))).toEqual(perDay)
    expect(daysAndSum((await file.demand()).tickets)).toEqual({
      missing: 0,
      days: 3 * Object.keys(perDay).length,
      sum: file.facts.issues,
    })
  })

  it('downloads by version are added up by day; absent days are zero, not missing', async () => {
    const file = await imported('adoption/canonical_dotnet_ppa_downloads.json', 'MSFT')
    expectCounts(file, 'adoption', file.facts.day_counts, 0)
    expect([file.plan.path, file.plan.content]).toEqual(['binaries.counts', 'sums'])
    expect(file.plan.notes.join()).toContain('count as zero, not as missing')
    expect(file.dataset.rows).toBe(file.facts.days_with_data)
    expect([isoOf(file.dataset.from), isoOf(file.dataset.to)]).toEqual([
      file.facts.first_day,
      file.facts.last_day,
    ])
    expect(
      await file.numbers('sum(value)', 'max(value)', 'epoch_ms(arg_max(date, value)::TIMESTAMP)'),
    ).toEqual([
      file.facts.downloads_total,
      file.facts.peak_downloads,
      Date.parse(file.facts.peak_day as string),
    ])
    const tables = await file.demand()
    const { days, sum } = daysAndSum(tables.adoption)
    expect([days, sum]).toEqual([file.facts.calendar_days, file.facts.downloads_total])
    const absent = (file.facts.calendar_days as number) - (file.facts.days_with_data as number)
    expect(problemOf(tables, 'absent-is-zero')?.count).toBe(absent)
    // At ten thousand a day two months of nothing are no chance.
    expect(problemOf(tables, 'silence')?.examples).toContain('MSFT downloads: 2026-05-06 to 2026-07-11')
  })

  it('downloads by system: “null” is a system, not a missing one', async () => {
    const file = await imported('adoption/pypi_dataiter_downloads.csv', 'TEST')
    expectCounts(file, 'adoption', file.facts.rows, 0)
    expect(file.plan.notes.join()).toContain('“null” is a category')
    expect(await file.texts('metric')).toEqual(counted(file.facts.categories as Record<string, number>))
    expect(await file.numbers('sum(value)', 'count(DISTINCT date)')).toEqual([
      file.facts.downloads_total,
      file.facts.days,
    ])
    const { adoption, tickets, products } = await file.demand()
    expect(adoption.metric).toEqual(['downloads'])
    expect([adoption.value.length, adoption.value.reduce((sum, figure) => sum + figure, 0)]).toEqual([
      file.facts.days,
      file.facts.downloads_total,
    ])
    expect(tickets.value).toEqual(adoption.value)
    expect([...products.derived]).toEqual([2])
  })

  it('downloads by month: read as the last day, and warned of as chosen afterwards', async () => {
    const file = await imported('adoption/npm_daily_averages_top1000.csv', 'TEST')
    expectCounts(file, 'adoption', file.facts.rows, 0)
    expect(file.plan.notes.join()).toContain('looks ahead')
    expect(file.dataset.notes.join()).toContain('7,000 to the month')
    expect(await file.texts("strftime(date, '%Y-%m')")).toEqual(
      (file.facts.months as string[]).map((month) => `${month} ${file.facts.packages as number}`),
    )
    expect(await file.numbers('count(DISTINCT source)', 'count(*) FILTER (date <> last_day(date))')).toEqual([
      file.facts.packages,
      0,
    ])
    await expect(file.demand()).rejects.toThrow('no daily downloads')
  })

  it('a chain whose symbol stands in its contracts and whose day in its name', async () => {
    const file = await imported('options/SPY_options_yf_20250826.csv')
    expectCounts(file, 'options', file.facts.rows, 0)
    expect([file.plan.symbol, file.plan.constants]).toEqual(['SPY', { quoteDate: '2025-08-26' }])
    expect(await file.texts('"right"')).toEqual(counted({ call: file.facts.calls, put: file.facts.puts }))
    expect(
      await file.numbers(
        'count(DISTINCT expiry)',
        'count(*) FILTER (bid = 0)',
        'count(*) FILTER (ask = 0)',
        'count(*) FILTER (isnan(volume))',
        'count(*) FILTER (isnan(open_interest))',
        'count(*) FILTER (abs(implied_vol - 1e-5) < 1e-12)',
        'max(implied_vol)',
        "count(*) FILTER (last_trade < TIMESTAMP '2025-08-26')",
      ),
    ).toEqual([
      file.facts.expiries,
      file.facts.bid_zero,
      file.facts.ask_zero,
      file.facts.volume_empty,
      file.facts.open_interest_empty,
      file.facts.iv_placeholder_1e_5,
      file.facts.iv_max,
      file.facts.last_trade_before_2025_08_26,
    ])
  })

  it('a chain whose symbol and day stand in the name of its file', async () => {
    const file = await imported('options/msft_22-November-2021.csv')
    expectCounts(file, 'options', file.facts.rows, 0)
    expect([file.plan.symbol, file.plan.constants]).toEqual(['MSFT', { quoteDate: '2021-11-22' }])
    expect(await file.texts('"right"')).toEqual(counted({ call: file.facts.calls, put: file.facts.puts }))
    expect(
      await file.numbers(
        'count(DISTINCT expiry)',
        'count(*) FILTER (bid = 0)',
        'count(*) FILTER (bid > ask)',
      ),
    ).toEqual([file.facts.expiries, file.facts.bid_zero, file.facts.crossed])
  })

  const universes = Object.keys(expectations).filter((path) => path.includes('lean_aapl_universes'))
  it.each(universes)('%s: the line of the share is refused, every contract taken in', async (path) => {
    const file = await imported(path)
    expectCounts(file, 'options', file.facts.contracts, 1)
    expect(file.refused[0].line).toBe(2)
    expect(file.refused[0].reason).toContain('the share itself')
    const notes = file.plan.notes.join()
    expect(notes.includes('outside its high and low')).toBe(file.facts.underlying_close_outside_high_low)
    expect(notes.includes('No contract was traded')).toBe(
      file.facts.zero_volume_contracts === file.facts.contracts,
    )
    const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)\.csv$/.exec(path)!
    expect([file.plan.symbol, file.plan.constants.quoteDate]).toEqual(['AAPL', `${year}-${month}-${day}`])
    expect(
      await file.numbers(
        'min(strike)',
        'max(strike)',
        'count(*) FILTER (volume = 0)',
        'count(*) FILTER (last = 0)',
      ),
    ).toEqual([
      file.facts.strike_min,
      file.facts.strike_max,
      file.facts.zero_volume_contracts,
      file.facts.zero_close_contracts,
    ])
  })

  it.each(['aapl', 'qqq'])('the tickers of %s through time', async (ticker) => {
    const file = await imported(`prices/lean/${ticker}_map.csv`)
    expectCounts(file, 'ticker_changes', file.facts.rows, 0)
    const rows = await opened.database.query(`SELECT ticker FROM ${file.dataset.id} ORDER BY until`)
    expect(rows.texts('ticker').map((text) => text.toLowerCase())).toEqual(file.facts.tickers)
    expect(file.plan.notes.join()).toContain('31 December 2050')
  })

  const prices = Object.keys(expectations).filter(
    (path) => path.startsWith('prices/') && !/_(factors|map)\.csv$/.test(path),
  )
  it.each(prices)('%s is known as prices among all tables', async (path) => {
    const file = await imported(path)
    const { rows_clean: clean, repeated_rows: repeated, bad_lines: bad } = file.facts
    expectCounts(file, 'prices', (clean as number) + (repeated as number), bad)
    expect(file.dataset.repeated).toBe(repeated)
  })

  it.each(['aapl', 'qqq'])('the factors of %s are known as factors', async (ticker) => {
    const file = await fileAt(sharedPath('realdata', `prices/lean/${ticker}_factors.csv`))
    const [plan] = valueOf(await opened.service.inspect([file], null))
    expect([plan.content, plan.symbol, plan.problems]).toEqual(['lean-factors', ticker.toUpperCase(), []])
  })
})
