import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportPlan, TableFinding, TableName, TableQuality } from '../../../../workers/data/api.ts'
import { likelyScore } from '../../../../workers/data/owners/companyIndex.ts'
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

  it('known operators of two registries are found, the doubtful ones left to the person, none accepted', async () => {
    const companies = Object.entries(listed).map(([symbol, name]) => `${symbol},"${name}"`)
    const file = new File([`symbol,name\n${companies.join('\n')}\n`], 'companies.csv')
    await importAll(opened.service, [file], 'companies')
    const matches = valueOf(await opened.service.ownerMatches())
    const best = (from: number, to: number) =>
      matches.flatMap(({ owner, aircraft, candidates: [first] }) =>
        aircraft > 0 && first && first.score >= from && first.score <= to
          ? [`${owner}: ${first.symbol}`]
          : [],
      )
    expect(best(100, 100).sort(), 'the same name').toEqual([
      'Boeing Company: BA',
      'Boeing: BA',
      'Coca-Cola Company: KO',
      'Deere and Company: DE',
      'General Dynamics Corp: GD',
      'General Dynamics Corporation: GD',
      'JPMorgan Chase: JPM',
      'Johnson & Johnson: JNJ',
      "Lowe's Companies: LOW",
      'Northrop Grumman: NOC',
      'Procter & Gamble: PG',
      'Target Corp: TGT',
      'Target Corporation: TGT',
      'United Airlines: UAL',
      'United States Steel Corp: X',
      'Walmart: WMT',
    ])
    // Two of these are wrong: a likely name is a proposal and no more.
    expect(best(likelyScore, 99).sort(), 'likely').toEqual([
      'Deer Jet: DE',
      'IBM Corp: IBM',
      'Norfolk Southern Railway: NSC',
      'Northrop Gruman: NOC',
      'The United Company: UAL',
    ])
    const doubtful = best(0, likelyScore - 1)
    expect(doubtful).toContain('Bank of America: BAC')
    expect(doubtful).toContain('United States Navy: X')
    expect(matches.find(({ owner }) => owner === 'Private')).toMatchObject({ candidates: [] })
    expect(matches.filter(({ decision }) => decision !== null)).toEqual([])
    const { cells } = valueOf(
      await opened.service.sql(`SELECT count(*) FROM aircraft WHERE symbol <> ''`, false),
    )
    expect(cells).toEqual([[0]])
  })
})

const listed = {
  WMT: 'Walmart Inc.',
  ORCL: 'Oracle Corporation',
  BAC: 'Bank of America Corporation',
  NOC: 'Northrop Grumman Corporation',
  BA: 'The Boeing Company',
  GD: 'General Dynamics Corporation',
  JNJ: 'Johnson & Johnson',
  JPM: 'JPMorgan Chase & Co.',
  NSC: 'Norfolk Southern Corporation',
  PG: 'The Procter & Gamble Company',
  LOW: "Lowe's Companies, Inc.",
  IBM: 'International Business Machines Corporation',
  KO: 'The Coca-Cola Company',
  TGT: 'Target Corporation',
  DE: 'Deere & Company',
  UAL: 'United Airlines Holdings, Inc.',
  X: 'United States Steel Corporation',
}
