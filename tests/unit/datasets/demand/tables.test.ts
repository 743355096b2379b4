import { gzipSync, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { epochDay } from '../../../../datasets/calendar.ts'
import { demandPart } from '../../../../datasets/demand/demandPart.ts'
import { sha256 } from '../../../../datasets/files.ts'
import { generateMarket } from '../../../../datasets/market.ts'

const market = generateMarket({ seed: 1 })
const part = demandPart(market)
const rowsOf = (name: string) => {
  const [header, ...lines] = part.tables
    .find((table) => table.name === name)!
    .text.trimEnd()
    .split('\n')
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    if (cells.length !== names.length) throw new Error(`${name}: ${line}`)
    return Object.fromEntries(names.map((column, i) => [column, cells[i]]))
  })
}
const dayOf = (iso: string) => {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) throw new Error(`${iso}: no day`)
  const [year, month, day] = iso.split('-').map(Number)
  return epochDay(year, month, day)
}
const timeOf = (iso: string) => {
  expect(iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/)
  return Date.parse(iso)
}

describe('the tables about customers', () => {
  it('are the same to the byte on every machine', () => {
    const again = demandPart(generateMarket({ seed: 1 }))
    expect(again.tables).toEqual(part.tables)
    expect(Object.fromEntries(part.tables.map(({ name, text }) => [name, sha256(text)]))).toEqual({
      'tickets.csv': '7b53ea8a2cb8132ea89eed21d59995ce1f81642c8a7d09980c4f7b99732dae1b',
      'adoption.csv': '7f6b35fcd8dd5ec1276fd41d9ecc33b4eb4b1969f61258c09d86c4c00f617f30',
      'incidents.csv': 'd0b9e7d5a1d1048a7318bc25baa4d92827950ec22f9162f8d2f194487c618b5e',
      'news.csv': '6ef9525dc5c180c8040fedb31869790b342de1014ceafc035a0e2ac71943a4bb',
      'fundamentals.csv': '4bed478fb5b7fee25297581881ee6fd37bfeb9f973a602bf4471e94fb94a2b9a',
    })
    expect(sha256(JSON.stringify(part.truth.oracle))).toBe(
      '34ac1c9397e722f12a372c71ac78384472f5ff6acbb9a1903fd568c67253a200',
    )
  })

  it('differ from seed to seed', () => {
    const other = demandPart(generateMarket({ seed: 2, years: 1 }))
    const same = demandPart(generateMarket({ seed: 1, years: 1 }))
    for (const [i, { text }] of other.tables.entries()) expect(text).not.toBe(same.tables[i].text)
  })

  it('fit in 1.3 MB of what is sent', () => {
    const size = part.tables.reduce(
      (sum, { text }) => sum + gzipSync(strToU8(text), { level: 9, mtime: 0 }).length,
      0,
    )
    expect(size).toBeLessThan(1.3e6)
  })

  it('have one row of tickets for each covered company, calendar day and sentiment, zeros too', () => {
    const rows = rowsOf('tickets.csv')
    const bad = rows.filter(
      ({ date, source, sentiment, count, known_at }) =>
        source !== 'help desk' ||
        !['negative', 'neutral', 'positive'].includes(sentiment) ||
        !/^\d+$/.test(count) ||
        dayOf(known_at) !== dayOf(date) + 1,
    )
    expect(bad).toEqual([])
    const keys = new Set(rows.map(({ symbol, date, sentiment }) => `${symbol} ${date} ${sentiment}`))
    expect(keys.size).toBe(rows.length)
    const seen = new Map<string, number>()
    for (const { symbol } of rows) seen.set(symbol, (seen.get(symbol) ?? 0) + 1)
    expect(seen.size).toBe(27)
    const from = market.dates[0]
    for (const [symbol, count] of seen) {
      const { delistedOn } = market.companies[market.symbols.indexOf(symbol)]
      expect(count).toBe(3 * ((delistedOn ?? market.dates.at(-1)!) - from + 1))
    }
    expect(rows.some(({ count }) => count === '0')).toBe(true)
  }, 60_000)

  it('count downloads by day, commits by week, releases when they come and seats by month', () => {
    const rows = rowsOf('adoption.csv')
    const bad = rows.filter(
      ({ date, metric, value, known_at }) =>
        dayOf(known_at) <= dayOf(date) || !(Number(value) >= (metric === 'release' ? 1 : 0)),
    )
    expect(bad).toEqual([])
    const days = new Map<string, number[]>()
    for (const { symbol, date, metric } of rows) {
      const key = `${symbol} ${metric}`
      if (!days.has(key)) days.set(key, [])
      days.get(key)!.push(dayOf(date))
    }
    const step = new Map([
      ['downloads', 1],
      ['commits', 7],
    ])
    for (const [key, list] of days) {
      const wanted = step.get(key.split(' ')[1])
      const steps = list.slice(1).map((day, i) => day - list[i])
      expect(
        steps.every((days) => (wanted === undefined ? days > 0 : days === wanted)),
        key,
      ).toBe(true)
    }
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(
      new Set(['downloads', 'commits', 'release', 'seats']),
    )
  }, 60_000)

  it('resolve an incident after it started, and none after the market has ended', () => {
    const rows = rowsOf('incidents.csv')
    const end = (market.dates.at(-1)! + 1) * 86_400_000
    for (const { started_at, resolved_at, severity } of rows) {
      expect(['minor', 'major', 'critical']).toContain(severity)
      expect(timeOf(started_at)).toBeLessThan(end)
      if (resolved_at === '') continue
      expect(timeOf(resolved_at)).toBeGreaterThan(timeOf(started_at))
      expect(timeOf(resolved_at)).toBeLessThan(end)
    }
    expect(rows.length).toBeGreaterThan(200)
  })

  it('let a story be used at a close only when it was out by then', () => {
    const rows = rowsOf('news.csv')
    for (const { published_at, known_at, sentiment, source, headline } of rows) {
      // The exchange closes at 20:00 UTC in summer.
      const close = dayOf(known_at) * 86_400_000 + 20 * 3_600_000
      expect(timeOf(published_at)).toBeLessThan(close)
      expect(close - timeOf(published_at)).toBeLessThanOrEqual(24 * 3_600_000)
      expect(Math.abs(Number(sentiment))).toBeLessThanOrEqual(1)
      expect(source).toMatch(/^Simulated /)
      expect(headline).not.toContain('{')
    }
    expect(new Set(rows.map(({ headline }) => headline)).size).toBeGreaterThan(200)
  })

  it('file the figures of a quarter weeks after it ended, and nothing that was not filed by the end', () => {
    const rows = rowsOf('fundamentals.csv')
    const last = new Map(
      market.symbols.map((symbol, i) => [symbol, market.companies[i].delistedOn ?? market.dates.at(-1)!]),
    )
    for (const { symbol, period_end, metric, value, known_at } of rows) {
      const lag = dayOf(known_at) - dayOf(period_end)
      expect(lag).toBeGreaterThanOrEqual(24)
      expect(lag).toBeLessThan(60)
      expect(dayOf(known_at)).toBeLessThanOrEqual(last.get(symbol)!)
      expect(period_end).toMatch(/-(03-31|06-30|09-30|12-31)$/)
      if (metric !== 'net_income') expect(Number(value)).toBeGreaterThan(0)
    }
    expect(new Set(rows.map(({ symbol }) => symbol)).size).toBeGreaterThan(90)
  })
})
