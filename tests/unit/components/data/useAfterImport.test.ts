import { describe, expect, test } from 'vitest'
import { datasetsInUse, sharedSymbols } from '../../../../src/components/data/inUse.ts'
import { useAfterImport, useAfterSwitch } from '../../../../src/components/data/useAfterImport.ts'
import { dataset, simulated } from './datasets.ts'

const names = (datasets: { name: string }[]) => datasets.map((one) => one.name)
const refOf = ({ name, kind, rows, schemaHash, sha256 }: ReturnType<typeof dataset>) => ({
  name,
  kind,
  rows,
  schemaHash,
  sha256,
})
const aapl = dataset('AAPL')
const msft = dataset('MSFT')
const signals = dataset('ideas', { kind: 'signals' })

describe('what is in use', () => {
  test('the simulated market stands in until prices of one’s own are chosen', () => {
    const loaded = [simulated, aapl, signals]
    expect(names(datasetsInUse(loaded, []))).toEqual(['Simulated market'])
    expect(names(datasetsInUse(loaded, [refOf(signals)]))).toEqual(['Simulated market', 'ideas'])
    expect(names(datasetsInUse(loaded, [refOf(aapl)]))).toEqual(['AAPL'])
  })

  test('prices that a link names and that are not loaded are not replaced by simulated ones', () => {
    expect(datasetsInUse([simulated, aapl], [refOf(msft)])).toEqual([])
  })

  test('a symbol in two files is named', () => {
    expect(sharedSymbols([aapl, msft])).toEqual([])
    expect(sharedSymbols([aapl, dataset('both', { symbols: ['MSFT', 'AAPL'] }), msft])).toEqual([
      'AAPL',
      'MSFT',
    ])
  })
})

describe('what is in use after an import', () => {
  test('prices take the place of the simulated market and join one’s own', () => {
    expect(names(useAfterImport([simulated], [aapl]))).toEqual(['AAPL'])
    expect(names(useAfterImport([aapl], [msft]))).toEqual(['AAPL', 'MSFT'])
  })

  test('signals keep the prices and take the place of earlier signals', () => {
    const newer = dataset('newer', { kind: 'signals' })
    expect(names(useAfterImport([aapl, signals], [newer]))).toEqual(['AAPL', 'newer'])
    expect(names(useAfterImport([simulated], [signals]))).toEqual(['ideas'])
  })

  test('chains join chains, beside the simulated market as well, and as many as a link can name', () => {
    const chain = dataset('SPY', { kind: 'options' })
    expect(names(useAfterImport([simulated], [chain]))).toEqual(['SPY'])
    expect(names(useAfterImport([aapl, chain], [signals]))).toEqual(['AAPL', 'SPY', 'ideas'])
    const days = Array.from({ length: 70 }, (_, day) => dataset(`day ${day}`, { kind: 'options' }))
    const used = names(useAfterImport([aapl], days))
    expect(used).toHaveLength(64)
    expect(used.slice(0, 2)).toEqual(['AAPL', 'day 7'])
  })

  test('the same bytes are in use once', () => {
    expect(useAfterImport([aapl], [{ ...aapl, id: 'again' }])).toHaveLength(1)
  })

  test('a dataset is switched off and on by itself', () => {
    expect(names(useAfterSwitch([aapl, msft, signals], aapl, false))).toEqual(['MSFT', 'ideas'])
    expect(names(useAfterSwitch([msft], aapl, true))).toEqual(['MSFT', 'AAPL'])
  })
})
