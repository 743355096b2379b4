import { describe, expect, test } from 'vitest'
import { signalWarnings } from '../../../../src/components/data/signalWarnings.ts'

const prices = [{ name: 'p', symbols: ['AAPL', 'MSFT'], from: 18_000, to: 19_000 }]
const signals = (symbols: string[], from = 18_100, to = 18_900) => ({ name: 'ideas.csv', symbols, from, to })

describe('signals held against the prices in use', () => {
  test('nothing is said when every symbol and date is covered, whatever the case of the letters', () => {
    expect(signalWarnings(signals(['AAPL', 'msft ']), prices)).toEqual([])
  })

  test('symbols without prices are counted and named', () => {
    const [warning] = signalWarnings(signals(['AAPL', 'NOPE']), prices)
    expect(warning).toContain('1 of its 2 symbols have no prices in use (NOPE)')
    expect(signalWarnings(signals(['NOPE', 'NADA']), prices)[0]).toContain('none of its symbols')
  })

  test('many unknown symbols are cut short', () => {
    const many = Array.from({ length: 40 }, (_, i) => `X${i}`)
    expect(signalWarnings(signals(many), prices)[0]).toContain('and 28 more')
  })

  test('dates wholly or partly outside the prices are told apart', () => {
    expect(signalWarnings(signals(['AAPL'], 10, 20), prices)[0]).toContain('all its dates lie outside')
    expect(signalWarnings(signals(['AAPL'], 17_900, 18_100), prices)[0]).toContain('some of its dates')
  })
})
