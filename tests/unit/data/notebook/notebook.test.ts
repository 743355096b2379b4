import { describe, expect, it } from 'vitest'
import type { NotebookRun, RunCurve, RunFacts } from '../../../../workers/data/api.ts'
import { Notebook } from '../../../../workers/data/notebook/notebook.ts'
import { MemoryBrowser, type MemoryTab } from '../keep/memoryBrowser.ts'
import { valueOf } from '../openService.ts'

const facts = (part: Partial<RunFacts> = {}): RunFacts => ({
  link: '#v1.abc',
  system: 'options',
  result: 'ab'.repeat(32),
  simulated: true,
  from: 18_000,
  to: 18_002,
  splitFrom: 18_001,
  benchmark: 'QQQ',
  part: 'outOfSample',
  trades: 3,
  headlines: [
    { id: 'cagr', label: 'CAGR', unit: 'fraction', value: -0.05, low: -0.1, high: NaN, benchmark: NaN },
  ],
  verdict: { kind: 'fragile', because: 'It depends on one symbol.' },
  pValue: 0.04,
  charged: 7,
  ...part,
})
const curve: RunCurve = {
  dates: Int32Array.of(18_000, 18_001, 18_002),
  equity: Float64Array.of(1, 1.01, 1 / 3),
  benchmark: Float64Array.of(1, 2, 0.1),
}
const another = facts({ link: '#v1.def', result: 'cd'.repeat(32) })

const notebookOf = (tab: MemoryTab) => new Notebook(() => Promise.resolve(tab.platform()))
const runsOf = async (notebook: Notebook): Promise<NotebookRun[]> => valueOf(await notebook.notebook()).runs

describe('a finished run', () => {
  it('is there at the next visit, with its numbers, its curve and what was written on it', async () => {
    const browser = new MemoryBrowser()
    const notebook = notebookOf(browser.tab())
    const { id } = valueOf(await notebook.keepRun(facts(), curve))
    const labels = { name: ' Tight stop ', tags: ['stops', ' stops', ''], note: 'Why so few?' }
    valueOf(await notebook.labelRun(id, labels))
    const next = notebookOf(browser.tab())
    const [run] = await runsOf(next)
    expect(run).toMatchObject({ ...facts(), name: 'Tight stop', tags: ['stops'], note: 'Why so few?' })
    expect(valueOf(await next.runCurve(id))).toEqual(curve)
    expect(browser.files.size).toBe(1)
  })

  it('is there once however often it is computed; the verdict is that of the last time', async () => {
    const notebook = notebookOf(new MemoryBrowser().tab())
    const first = valueOf(await notebook.keepRun(facts(), curve))
    valueOf(await notebook.labelRun(first.id, { name: 'A', tags: [], note: '' }))
    valueOf(await notebook.keepRun(facts({ charged: 900, pValue: 0.3 }), curve))
    expect(await runsOf(notebook)).toMatchObject([{ id: first.id, name: 'A', at: first.at, charged: 900 }])
    valueOf(await notebook.keepRun(another, curve))
    expect(await runsOf(notebook)).toHaveLength(2)
  })

  it('that is deleted can be put back as it was, in this visit', async () => {
    const browser = new MemoryBrowser()
    const notebook = notebookOf(browser.tab())
    const { id } = valueOf(await notebook.keepRun(facts(), curve))
    const before = await runsOf(notebook)
    valueOf(await notebook.deleteRuns([id]))
    expect(await runsOf(notebook)).toEqual([])
    expect(browser.files.size).toBe(0)
    valueOf(await notebook.putBackRuns([id]))
    expect(await runsOf(notebook)).toEqual(before)
    expect(valueOf(await notebook.runCurve(id))).toEqual(curve)
    expect(await notebook.putBackRuns([id])).toMatchObject({ ok: false })
  })

  it('survives a tab that dies at any step of a change: it is as before or as after', async () => {
    for (let steps = 0; steps < 12; steps++) {
      const browser = new MemoryBrowser()
      const { id } = valueOf(await notebookOf(browser.tab()).keepRun(facts(), curve))
      const dying = browser.tab()
      dying.stepsLeft = steps
      const done = await notebookOf(dying).labelRun(id, { name: 'New', tags: [], note: '' })
      const { runs, unreadable } = valueOf(await notebookOf(browser.tab()).notebook())
      expect(unreadable).toBe(0)
      expect(runs.map(({ name }) => name)).toEqual([done.ok || runs[0]?.name === 'New' ? 'New' : ''])
    }
  })

  it('of which bytes changed on the disk is counted as unreadable, and the others are listed', async () => {
    const browser = new MemoryBrowser()
    valueOf(await notebookOf(browser.tab()).keepRun(facts(), curve))
    const bytes = [...browser.files.values()][0]
    bytes[200] ^= 1
    valueOf(await notebookOf(browser.tab()).keepRun(another, curve))
    const { runs, unreadable } = valueOf(await notebookOf(browser.tab()).notebook())
    expect([runs.map(({ link }) => link), unreadable]).toEqual([['#v1.def'], 1])
  })
})

describe('where there is no room', () => {
  it('a full disk is told, and what was kept before stays', async () => {
    const browser = new MemoryBrowser()
    const notebook = notebookOf(browser.tab())
    const { id } = valueOf(await notebook.keepRun(facts(), curve))
    browser.quota = browser.used() + 10
    expect(await notebook.keepRun(another, curve)).toMatchObject({ ok: false, code: 'quota' })
    const named = await notebook.labelRun(id, { name: 'A', tags: [], note: '' })
    expect(named).toMatchObject({ ok: false, code: 'quota' })
    expect(await runsOf(notebook)).toMatchObject([{ id, name: '' }])
    expect(browser.files.size).toBe(1)
  })

  it('a browser that keeps nothing holds the runs for the visit, and says so', async () => {
    const notebook = new Notebook(() => Promise.reject(new Error('private window')))
    valueOf(await notebook.keepRun(facts(), curve))
    const { runs, off } = valueOf(await notebook.notebook())
    expect(runs).toHaveLength(1)
    expect(off).toMatch(/gone when it is closed/)
  })
})

it('another tab hears of every change, and forgetting everything leaves nothing', async () => {
  const browser = new MemoryBrowser()
  const here = notebookOf(browser.tab())
  const there = notebookOf(browser.tab())
  await there.notebook()
  let heard = 0
  await there.onNotebookChange(() => heard++)
  valueOf(await here.keepRun(facts(), curve))
  expect(heard).toBe(1)
  expect(await runsOf(there)).toHaveLength(1)
  await here.clear()
  expect(heard).toBe(2)
  expect([await runsOf(there), browser.files.size]).toEqual([[], 0])
})

describe('an export', () => {
  it('as CSV has a row a run, numbers as they are and no formula', async () => {
    const notebook = notebookOf(new MemoryBrowser().tab())
    const { id } = valueOf(await notebook.keepRun(facts(), curve))
    valueOf(await notebook.labelRun(id, { name: '=1+1', tags: ['a', 'b'], note: 'x, "y"' }))
    const text = await valueOf(await notebook.exportRuns([id], 'csv')).text()
    const [head, row] = text.split('\r\n')
    expect(head.split(',').slice(0, 3)).toEqual(['name', 'tags', 'note'])
    expect(row.startsWith(`'=1+1,a; b,"x, ""y"""`)).toBe(true)
    expect(row).toContain(',-0.05,-0.1,,,')
  })

  it('as JSON is what was asked for, in that order', async () => {
    const notebook = notebookOf(new MemoryBrowser().tab())
    const a = valueOf(await notebook.keepRun(facts(), curve))
    const b = valueOf(await notebook.keepRun(another, curve))
    const text = await valueOf(await notebook.exportRuns([b.id, 'unknown', a.id], 'json')).text()
    const { runs } = JSON.parse(text) as { runs: { id: string; from: string }[] }
    expect(runs.map(({ id }) => id)).toEqual([b.id, a.id])
    expect(runs[0].from).toBe('2019-04-14')
  })
})
