import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportPlan, TableFinding, TableName, TableQuality } from '../../../../workers/data/api.ts'
import { describeShared, sharedJson, sharedPath } from '../../shared.ts'
import { fileAt, importAll, openService, valueOf, type OpenedService } from '../openService.ts'

type Facts = Record<string, Record<string, number>>

describeShared('the quirks of real files are told, with their numbers', () => {
  const expected = sharedJson<Facts>('realdata', 'expectations.json')
  let opened: OpenedService
  let quality: TableQuality

  async function load(path: string, kind: TableName, edit?: (plan: ImportPlan) => ImportPlan): Promise<void> {
    const file = await fileAt(sharedPath('realdata', ...path.split('/')))
    const { failed } = await importAll(opened.service, [file], kind, edit)
    expect(failed).toEqual([])
  }

  const answered =
    (symbol: string | null, constants: ImportPlan['constants'] = {}) =>
    (plan: ImportPlan): ImportPlan => ({
      ...plan,
      symbol: symbol ?? plan.symbol,
      constants: { ...plan.constants, ...constants },
    })

  function rule(table: TableName, name: string): TableFinding | undefined {
    return quality.findings.find((finding) => finding.table === table && finding.id.endsWith(`/${name}`))
  }

  beforeAll(async () => {
    opened = await openService()
    await load('prices/targets/RHT.csv', 'prices')
    await load('events/wikipedia_acquisitions_2020.tsv', 'events')
    await load('flights/openflights_airports.csv', 'airports')
    await load('flights/plane-alert-db.csv', 'aircraft')
    await load('flights/vrs_us_aircraft.csv', 'aircraft')
    await load('incidents/github_segments.csv', 'incidents', answered('MSFT'))
    await load('options/SPY_options_yf_20250826.csv', 'options', answered(null, { quoteDate: '2025-08-26' }))
    await load('adoption/npm_daily_averages_top1000.csv', 'adoption', answered('NPM'))
    quality = valueOf(await opened.service.tableQuality())
  }, 120_000)
  afterAll(() => opened.close())

  it('dates of acquisitions on weekends, on the first of a month and on 1 January', () => {
    const facts = expected['events/wikipedia_acquisitions_2020.tsv']
    expect(rule('events', 'weekend')?.count).toBe(facts.weekend_dates)
    expect(rule('events', 'first-of-month')?.count).toBe(facts.first_of_month_dates)
    expect(rule('events', 'new-year')?.count).toBe(facts.january_first_dates)
  })

  it('exact copies of status changes', () => {
    expect(rule('incidents', 'copies')?.count).toBe(
      expected['incidents/github_segments.csv'].exact_duplicate_rows,
    )
  })

  it('placeholders, empty sides and old trades of an option chain', () => {
    const facts = expected['options/SPY_options_yf_20250826.csv']
    expect(rule('options', 'placeholder-vol')?.count).toBe(facts.iv_placeholder_1e_5)
    expect(rule('options', 'no-bid')?.count).toBe(facts.bid_zero)
    expect(rule('options', 'no-ask')?.count).toBe(facts.ask_zero)
    expect(rule('options', 'crossed')).toBeUndefined()
    expect(rule('options', 'old-trade')?.count).toBe(facts.last_trade_before_2025_08_26)
  })

  it('a list of packages chosen by its last month', () => {
    expect(rule('adoption', 'chosen-by-end')?.text).toContain('none of the 1,000 sources is below 8,272')
  })

  it('owners without a company, and systems that cannot run for want of tables', () => {
    const unowned = quality.findings.filter(({ id }) => id.endsWith('/no-company'))
    const aircraft =
      expected['flights/plane-alert-db.csv'].rows + expected['flights/vrs_us_aircraft.csv'].rows
    expect(unowned.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0.99 * aircraft)
    const jet = quality.readiness.find(({ system }) => system === 'jet')
    expect(jet?.canRun).toBe(false)
    expect(jet?.sentences).toContain('No flights are loaded.')
  })

  it('private owners of a registry have no candidates, and a name of a company is found', async () => {
    const companies = new File(['symbol,name\nWMT,Walmart Inc.\nORCL,Oracle Corporation\n'], 'companies.csv')
    await importAll(opened.service, [companies], 'companies')
    const matches = valueOf(await opened.service.ownerMatches())
    expect(matches.find(({ owner }) => owner === 'Private')).toMatchObject({ candidates: [], decision: null })
    expect(matches.find(({ owner }) => owner === 'Oracle')).toMatchObject({
      candidates: [{ symbol: 'ORCL', score: 100 }],
    })
  })
})
