import { gunzipSync, strFromU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { isoDate } from '../../../datasets/calendar.ts'
import { companiesCsv, pricesCsv } from '../../../datasets/csv.ts'
import { marketFiles, sha256, truthJson, type Manifest } from '../../../datasets/files.ts'
import { defaultMarket } from '../../../datasets/generate.ts'
import { generateMarket } from '../../../datasets/market.ts'

const market = generateMarket(defaultMarket)
const prices = pricesCsv(market)
const companies = companiesCsv(market.companies)

describe('the files of the simulated market', () => {
  it('are the same to the byte on every machine', () => {
    expect({
      prices: sha256(prices.text),
      companies: sha256(companies.text),
      truth: sha256(truthJson(market.truth)),
    }).toEqual({
      prices: '840dcc34031fffcf8b259adca50e98af15f86f8c1015e10fea588fa42e2ca0e6',
      companies: '903ba039b3fbd985abdff6ab132c259ae3cd6303ffea2d540a0a7fef5e45c273',
      truth: '32603466f236d932d942d31e7467bc8fabfc8c23d9958020024280cb284e59da',
    })
  })

  it('hold raw prices with two decimals, and factors that read back as the same double', () => {
    const [header, ...lines] = prices.text.trimEnd().split('\n')
    expect(header).toBe('symbol,date,open,high,low,close,volume,adj_factor')
    expect(lines).toHaveLength(prices.rows)
    const days = new Map(Array.from(market.dates, (day, i) => [isoDate(day), i]))
    lines.forEach((line, i) => {
      if (i % 97 !== 0) return
      const [symbol, date, open, high, low, close, volume, factor] = line.split(',')
      const at = market.symbols.indexOf(symbol) * market.dates.length + days.get(date)!
      for (const text of [open, high, low, close]) expect(text).toMatch(/^\d+\.\d\d$/)
      expect(Math.round(Number(open) * 100)).toBe(market.prices.open[at])
      expect(Math.round(Number(close) * 100)).toBe(market.prices.close[at])
      expect(Number(close)).toBe(market.prices.close[at] / 100)
      expect(Number(volume)).toBe(market.volume[at])
      expect(factor).toMatch(/^\d+(\.\d{1,8})?$/)
      expect(Number(factor)).toBe(market.adjFactor[at])
    })
  })

  it('name every company with its sector, airport and last day listed', () => {
    const [header, ...lines] = companies.text.trimEnd().split('\n')
    expect(header).toBe('symbol,name,sector,hq_airport,delisted_on')
    expect(lines).toHaveLength(97)
    expect(lines.at(-1)).toBe('QQQ,Simulated QQQ,,,')
    expect(lines.filter((line) => /,\d{4}-\d\d-\d\d$/.test(line)).length).toBeGreaterThan(35)
    for (const line of lines) expect(line.split(',')).toHaveLength(5)
  })

  it('come with a manifest that describes them and the text inside', () => {
    const files = marketFiles(market)
    const manifest = JSON.parse(strFromU8(files.get('manifest.json')!)) as Manifest
    expect(manifest).toMatchObject({ simulated: true, seed: 1, from: '2020-01-02', to: '2024-12-31' })
    expect(manifest.files[0]).toMatchObject({
      name: 'prices.csv.gz',
      rows: prices.rows,
      text: { sha256: sha256(prices.text) },
    })
    expect(manifest.symbols).toHaveLength(97)
    expect([...files.keys()]).toEqual([...manifest.files.map(({ name }) => name), 'manifest.json'])
    for (const { name, rows, bytes, sha256: hash, text } of manifest.files) {
      const content = files.get(name)!
      expect(bytes).toBe(content.length)
      expect(hash).toBe(sha256(content))
      const plain = name.endsWith('.gz') ? gunzipSync(content) : content
      if (text) expect(text).toEqual({ bytes: plain.length, sha256: sha256(plain) })
      // One line for the header; no cell of ours holds a line end.
      const lines = strFromU8(plain).split('\n').length - 2
      expect(rows, name).toBe(name === 'truth.json' ? 0 : lines)
    }
    const whole = [...files.values()].reduce((sum, content) => sum + content.length, 0)
    expect(whole).toBeLessThan(6e6)
    // No time of modification in the gzip header, so that the same text gives the same bytes.
    expect([...files.get('prices.csv.gz')!.slice(4, 8)]).toEqual([0, 0, 0, 0])
  }, 180_000)
})
