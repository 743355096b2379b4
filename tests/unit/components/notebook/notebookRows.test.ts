import { describe, expect, it } from 'vitest'
import { filtered, noFilter, sorted, tagsFrom } from '../../../../src/components/notebook/notebookRows.ts'
import { settingWords } from '../../../../src/components/notebook/runWords.ts'
import { defaultState, paramsOf } from '../../../../src/state/appState.ts'
import { runLink } from '../../../../src/state/runLink.ts'
import type { NotebookRun } from '../../../../workers/data/api.ts'

const run = (id: string, part: Partial<NotebookRun> = {}) =>
  ({
    id,
    at: 0,
    name: '',
    tags: [],
    note: '',
    system: 'options',
    pValue: 0.5,
    headlines: [],
    verdict: { kind: 'fragile', because: '' },
    ...part,
  }) as unknown as NotebookRun
const sharpe = (value: number) => ({ headlines: [{ id: 'sharpe', value }] as NotebookRun['headlines'] })
const ids = (runs: NotebookRun[]) => runs.map(({ id }) => id).join('')
const verdicts = ['consistent with luck', 'fragile']

describe('runs of the notebook', () => {
  it('are found by name, tag, note or setting, whatever the case, and by what is chosen', () => {
    const runs = [
      run('a', { name: 'Tight' }),
      run('b', { tags: ['tight ones'], system: 'jet' }),
      run('c', { note: 'too TIGHT' }),
      run('d'),
    ]
    const settings = ({ id }: NotebookRun) => (id === 'd' ? 'Stop loss tight' : '')
    const found = (part: Partial<typeof noFilter>) => ids(filtered(runs, { ...noFilter, ...part }, settings))
    expect(found({ text: ' tight ' })).toBe('abcd')
    expect(found({ text: 'tight', system: 'jet' })).toBe('b')
    expect(found({ tag: 'tight ones' })).toBe('b')
    expect(found({ verdict: 'fragile' })).toBe('abcd')
    expect(found({ text: 'loose' })).toBe('')
  })

  it('are sorted by what they are worth, those without a value last either way, the newest first among equals', () => {
    const runs = [
      run('a', sharpe(1)),
      run('b', sharpe(NaN)),
      run('c', sharpe(2)),
      run('d', { ...sharpe(1), at: 1 }),
    ]
    expect(ids(sorted(runs, { column: 'sharpe', descending: true }, verdicts))).toBe('cdab')
    expect(ids(sorted(runs, { column: 'sharpe', descending: false }, verdicts))).toBe('dacb')
  })

  it('have tags apart by commas', () => {
    expect(tagsFrom(' stops, ,jet ,')).toEqual(['stops', 'jet'])
  })

  it('without a name are called by what is set otherwise than recommended', () => {
    const state = defaultState()
    expect(settingWords(runLink(state, 'options', 'ab'))).toBe('As recommended')
    const params = { ...state.params, options: { ...paramsOf(state, 'options'), stop: 0.12 } }
    expect(settingWords(runLink({ ...state, params }, 'options', 'ab'))).toMatch(/^Stop loss 12\.0/)
  })
})

describe('the link of a run', () => {
  it('is the same whatever else is looked at, planned or set for other systems', () => {
    const state = defaultState()
    const elsewhere = {
      ...state,
      view: 'options' as const,
      optionsTab: 'surface' as const,
      sweep: { ...state.sweep, metric: 'trades' as const },
      compare: { runs: ['#v1.abc'], base: 0 },
      params: { ...state.params, jet: { ...paramsOf(state, 'jet'), stop: 0.5 } },
    }
    expect(runLink(elsewhere, 'options', 'ab')).toBe(runLink(state, 'options', 'ab'))
    expect(runLink({ ...state, seed: 2 }, 'options', 'ab')).not.toBe(runLink(state, 'options', 'ab'))
  })
})
