import { describe, expect, it } from 'vitest'
import type { Panel } from '../../../../workers/quant/panel.ts'
import { carryOn } from '../../../../workers/data/collected/carryOn.ts'
import { withToday } from '../../../../workers/data/collected/provisionalBar.ts'
import { seamFindings } from '../../../../workers/data/collected/seamFindings.ts'

/** Closes by symbol over consecutive days; open = close, volume 100, raw = adjusted. */
function panelOf(first: number, closes: Record<string, number[]>, rawFactor = 1): Panel {
  const symbols = Object.keys(closes)
  const days = Math.max(...symbols.map((symbol) => closes[symbol].length))
  const close = Float64Array.from(
    symbols.flatMap((symbol) => Array.from({ length: days }, (_, i) => closes[symbol][i] ?? NaN)),
  )
  const filled = (value: number) => close.map((price) => (Number.isNaN(price) ? NaN : value))
  return {
    dates: Int32Array.from({ length: days }, (_, i) => first + i),
    symbols,
    open: close.slice(),
    high: close.slice(),
    low: close.slice(),
    close,
    volume: filled(100),
    rawFactor: filled(rawFactor),
  }
}

const closesOf = ({ symbols, dates, close }: Panel, symbol: string) => {
  const row = symbols.indexOf(symbol) * dates.length
  return [...close.subarray(row, row + dates.length)]
}
const history = panelOf(100, { ACME: [10, 11, 12, 13], BOLT: [50, 51, 52, 53] })

describe('collected prices carry a file on', () => {
  it('with the days after its last; days that both have stay those of the file', () => {
    const collected = panelOf(102, { ACME: [12.001, 13, 14, 15] })
    const { panel, seams } = carryOn(history, collected)
    expect([...panel.dates]).toEqual([100, 101, 102, 103, 104, 105])
    expect(closesOf(panel, 'ACME')).toEqual([10, 11, 12, 13, 14, 15])
    expect(closesOf(panel, 'BOLT')).toEqual([50, 51, 52, 53, NaN, NaN])
    expect(seams).toMatchObject([{ symbol: 'ACME', kind: 'same', days: [104, 105], last: 103 }])
    expect(seamFindings('d', seams)).toEqual([])
    expect(history.dates.length).toBe(4)
  })

  it('whole, where only the collection has a symbol, which then stands in its place by name', () => {
    const { panel } = carryOn(history, panelOf(99, { BETA: [1, 2, 3] }))
    expect(panel.symbols).toEqual(['ACME', 'BETA', 'BOLT'])
    expect(closesOf(panel, 'BETA')).toEqual([1, 2, 3, NaN, NaN])
    expect(closesOf(panel, 'ACME')).toEqual([NaN, 10, 11, 12, 13])
  })

  it('at the level of the file, where the two differ by one number throughout; raw prices stay raw', () => {
    const collected = panelOf(100, { ACME: [2.5, 2.75, 3, 3.25, 3.5] })
    const { panel, seams } = carryOn(history, collected)
    expect(closesOf(panel, 'ACME')).toEqual([10, 11, 12, 13, 14])
    expect(panel.rawFactor![4] * panel.close[4]).toBe(3.5)
    // Four of the shares of now for one of then.
    expect([...panel.volume.subarray(0, 5)]).toEqual([400, 400, 400, 400, 100])
    expect(seams[0]).toMatchObject({ kind: 'scaled', factor: 4, common: 4 })
    expect(seamFindings('d', seams)).toMatchObject([{ severity: 'info', symbol: 'ACME', count: 1 }])
  })

  it('not at all, where they tell different prices on the days in common', () => {
    const { panel, seams } = carryOn(history, panelOf(100, { ACME: [10, 30, 12, 70, 14, 15] }))
    expect([...panel.dates]).toEqual([...history.dates])
    expect(closesOf(panel, 'ACME')).toEqual([10, 11, 12, 13])
    expect(seamFindings('d', seams)).toMatchObject([{ kind: 'mixed-adjustment', severity: 'warn' }])
  })

  it('not at another level that one or two days in common cannot tell', () => {
    const { seams } = carryOn(history, panelOf(102, { ACME: [6, 6.5, 7] }))
    expect(seams).toMatchObject([{ kind: 'disagrees', common: 2 }])
  })

  it('without a day in common, where the next day is near in time and price', () => {
    const near = carryOn(history, panelOf(107, { ACME: [13.4] }))
    expect(closesOf(near.panel, 'ACME')).toEqual([10, 11, 12, 13, 13.4])
    const split = carryOn(history, panelOf(107, { ACME: [6.4] }))
    expect(split.seams).toMatchObject([{ kind: 'disagrees' }])
    const late = carryOn(history, panelOf(114, { ACME: [13.4] }))
    expect(late.seams).toMatchObject([{ kind: 'gap' }])
    expect(seamFindings('d', late.seams)[0].text).toContain('Import a file that covers the days between.')
  })

  it('from its own last day, where a symbol of the file ended before the others', () => {
    const ended = panelOf(100, { ACME: [10, 11], BOLT: [50, 51, 52, 53] })
    const { panel } = carryOn(ended, panelOf(100, { ACME: [10, 11, 12, 13, 14] }))
    expect(closesOf(panel, 'ACME')).toEqual([10, 11, 12, 13, 14])
  })
})

describe('the day that has begun', () => {
  // 27 November 2026 is a Friday.
  const friday = Date.UTC(2026, 10, 27) / 86_400_000

  it('carries the last close of what trades on, without volume', () => {
    const stale = [5, ...(Array(11).fill(NaN) as number[])]
    const closes = Array.from({ length: 12 }, (_, i) => 20 + i)
    const panel = withToday(panelOf(friday - 13, { ACME: closes, BOLT: stale }, 2), friday)
    const at = panel.dates.length - 1
    expect(panel.provisional).toBe(true)
    expect(panel.dates[at]).toBe(friday)
    const bar = [panel.open, panel.high, panel.low, panel.close, panel.volume, panel.rawFactor!]
    expect(bar.map((column) => column[at])).toEqual([31, 31, 31, 31, 0, 2])
    expect(closesOf(panel, 'BOLT')[at]).toBeNaN()
    expect(closesOf(panel, 'ACME').slice(0, -1)).toEqual(closes)
  })

  it('adds nothing at weekends, nor where a bar of it or of a later day is there', () => {
    const until = (last: number) => panelOf(last - 3, { ACME: [1, 2, 3, 4] })
    for (const [last, today] of [
      [friday, friday],
      [friday + 3, friday],
      [friday, friday + 1],
      [friday, friday + 2],
    ]) {
      const panel = until(last)
      expect(withToday(panel, today)).toBe(panel)
    }
    expect(withToday(until(friday), friday + 3).provisional).toBe(true)
  })
})
