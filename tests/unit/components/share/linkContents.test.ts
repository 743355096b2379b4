import { expect, test } from 'vitest'
import { linkContents } from '../../../../src/components/share/linkContents.ts'
import { standInsFor, withStandIns } from '../../../../src/components/share/standIns.ts'
import { defaultState, type AppState } from '../../../../src/state/appState.ts'
import { filesToName } from '../../../../src/state/tablesRead.ts'
import type { DatasetSummary } from '../../../../workers/data/api.ts'

const dataset = (name: string, kind: string, sha256: string, more = {}) =>
  ({ id: name, name, kind, sha256, schemaHash: 'aa', rows: 9, simulated: false, ...more }) as DatasetSummary

test('a link is told in plain words: where it opens, and settings with units beside the usual ones', () => {
  const state: AppState = { ...defaultState(), view: 'jet', jetTab: 'map', seed: 7, from: 19_000 }
  state.params.options = { ...state.params.options, stop: 0.05 }
  const { facts, settings } = linkContents(state)
  const said = Object.fromEntries(facts.map(({ label, value }) => [label, value]))
  expect(said).toMatchObject({ View: 'Jet, Map', Period: 'from 8 Jan 2022', Seed: '7' })
  expect(settings).toMatchObject([{ label: 'Stop loss', value: '5.0\u2009%', usual: '8.0\u2009%' }])
})

test('a link names the files that its system reads unasked, and nothing that grows by the minute', () => {
  const datasets = [
    dataset('flights.csv', 'flights', 'f1'),
    dataset('again.csv', 'flights', 'f1'),
    dataset('tickets.csv', 'tickets', 't1'),
    dataset('live', 'flights', 'l1', { collected: true }),
    dataset('Simulated', 'aircraft', 's1', { simulated: true }),
  ]
  const named = (view: AppState['view']) =>
    filesToName({ ...defaultState(), view }, datasets).map(({ name }) => name)
  expect(named('jet')).toEqual(['flights.csv'])
  expect(named('tickets')).toEqual(['tickets.csv'])
  expect(named('options')).toEqual([])
})

test('in the place of a missing file stands another of the same table, those with the same columns first', () => {
  const ref = { name: 'a.csv', kind: 'prices' as const, rows: 5, schemaHash: 'aa', sha256: 'a1' }
  const other = { ...ref, name: 'b.csv', sha256: 'b1' }
  const own = dataset('mine.csv', 'prices', 'c1')
  const odd = dataset('odd.csv', 'prices', 'd1', { schemaHash: 'bb' })
  const here = dataset('b.csv', 'prices', 'b1')
  const all = [odd, own, here, dataset('f.csv', 'flights', 'e1')]
  expect(standInsFor(ref, all).map(({ name }) => name)).toEqual(['mine.csv', 'b.csv', 'odd.csv'])
  expect(withStandIns([ref, other], all, { a1: 'mine.csv' })).toEqual([own, here])
  expect(withStandIns([ref, other], all, {})).toEqual([here])
})
