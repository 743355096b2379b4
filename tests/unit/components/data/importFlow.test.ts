import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ImportFlow } from '../../../../src/components/data/importFlow.svelte.ts'
import { isReady, openQuestions } from '../../../../src/components/data/openQuestions.ts'
import type { Engine } from '../../../../src/state/workers.ts'
import { Workspace } from '../../../../src/state/workspace.svelte.ts'
import type {
  DataApi,
  DatasetSummary,
  TableName,
  ImportPlan,
  ImportReport,
  RowCount,
} from '../../../../workers/data/api.ts'
import { dataset, plan, simulated } from './datasets.ts'

const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const file = (name: string) => new File(['x'], name)

/** A worker that reads what it is told to: plans by file name, and a report for the import. */
function setUp(
  plans: Record<string, ImportPlan>,
  report: (plans: ImportPlan[]) => Partial<ImportReport>,
  kind: TableName = 'prices',
) {
  let loaded: DatasetSummary[] = [simulated]
  const data = {
    inspect: vi.fn((files: File[]) => ok(files.map(({ name }) => plans[name]))),
    replan: vi.fn((edited: ImportPlan) => ok<ImportPlan>({ ...edited, problems: [] })),
    countRows: vi.fn(() => ok<RowCount | null>({ records: 42, refused: 2, first: null, whole: true })),
    importFiles: vi.fn((chosen: ImportPlan[]) => {
      const value = { datasets: [], applied: [], failed: [], milliseconds: 1, ...report(chosen) }
      loaded = [...loaded, ...value.datasets]
      return ok(value)
    }),
    datasets: vi.fn(() => ok(loaded)),
    remove: vi.fn((id: string) => {
      loaded = loaded.filter((one) => one.id !== id)
      return ok(null)
    }),
    cancel: vi.fn(() => Promise.resolve()),
  }
  const workspace = new Workspace([])
  workspace.engine = { data: data as unknown as DataApi } as unknown as Engine
  workspace.phase = 'ready'
  workspace.datasets = loaded
  workspace.state = { ...workspace.state, view: 'data' }
  return { workspace, data, flow: new ImportFlow(workspace, kind) }
}

const used = (workspace: Workspace) => workspace.state.datasets.map((ref) => ref.name)

beforeEach(() => {
  vi.stubGlobal('location', { pathname: '/', search: '' })
  vi.stubGlobal('history', { pushState: vi.fn(), replaceState: vi.fn(), state: null })
})
afterEach(() => vi.unstubAllGlobals())

describe('from files to datasets', () => {
  test('files wait for the engine, and are looked at once it runs', async () => {
    const { workspace, data, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({}))
    workspace.phase = 'starting'
    await flow.add([file('AAPL.csv')])
    expect(data.inspect).not.toHaveBeenCalled()
    workspace.phase = 'ready'
    await flow.addWaiting()
    expect(flow.plans.map((one) => one.fileName)).toEqual(['AAPL.csv'])
    expect(flow.waiting).toEqual([])
  })

  test('rows are counted before anything is confirmed, and again after an edit', async () => {
    const { data, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({}))
    await flow.add([file('AAPL.csv')])
    const [{ fileId }] = flow.plans
    await vi.waitFor(() => expect(flow.counts[fileId]).toMatchObject({ records: 42, refused: 2 }))
    data.countRows.mockImplementation(() => ok({ records: 40, refused: 4, first: null, whole: true }))
    flow.edit(fileId, { decimal: ',' })
    expect(flow.counts[fileId]).toBeUndefined()
    await vi.waitFor(() => expect(flow.counts[fileId]).toMatchObject({ records: 40, refused: 4 }))
    expect(data.countRows).toHaveBeenCalledTimes(2)
    expect(data.importFiles).not.toHaveBeenCalled()
  })

  test('imported prices take the place of the simulated market', async () => {
    const { workspace, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({
      datasets: [dataset('AAPL')],
    }))
    await flow.add([file('AAPL.csv')])
    await flow.importReady()
    expect(flow.plans).toEqual([])
    expect(flow.finished?.use).toBe('in use')
    expect(used(workspace)).toEqual(['AAPL'])
    expect(workspace.activity).toBeNull()
  })

  test('a file that needs an answer stays behind while the others are imported', async () => {
    const asks = plan('table.csv', { symbol: '' })
    const { data, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv'), 'table.csv': asks }, () => ({
      datasets: [dataset('AAPL')],
    }))
    await flow.add([file('AAPL.csv'), file('table.csv')])
    await flow.importReady()
    expect(data.importFiles.mock.calls[0][0].map((one) => one.fileName)).toEqual(['AAPL.csv'])
    expect(flow.plans).toEqual([asks])
  })

  test('a file that fails stays to be mended, and what is loaded stays as it was', async () => {
    const { workspace, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({
      failed: [{ fileName: 'AAPL.csv', message: 'No row of AAPL.csv could be read.' }],
    }))
    await flow.add([file('AAPL.csv')])
    await flow.importReady()
    expect(flow.finished?.use).toBe('nothing imported')
    expect(flow.plans).toHaveLength(1)
    expect(workspace.datasets).toEqual([simulated])
    expect(used(workspace)).toEqual([])
  })

  test('the import waits for the edit that is still being read', async () => {
    const { data, flow } = setUp({ 'table.csv': plan('table.csv', { symbol: '' }) }, () => ({
      datasets: [dataset('T')],
    }))
    await flow.add([file('table.csv')])
    flow.edit('table.csv', { symbol: 'T' }, { typing: true })
    flow.edit('table.csv', { symbol: 'TE' }, { typing: true })
    await flow.importReady()
    expect(data.replan).toHaveBeenCalledTimes(1)
    expect(data.importFiles.mock.calls[0][0][0].symbol).toBe('TE')
  })

  test('only the answer to the newest edit counts', async () => {
    const { data, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({}))
    await flow.add([file('AAPL.csv')])
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 20))
    data.replan.mockImplementationOnce((edited) => slow.then(() => ok({ ...edited, problems: ['old'] })))
    flow.edit('AAPL.csv', { decimal: ',' })
    flow.edit('AAPL.csv', { decimal: '.' })
    await slow
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(flow.plans[0]).toMatchObject({ decimal: '.', problems: [] })
    expect(flow.rereading).toEqual([])
  })

  test('the order of day and month is chosen once for all files in doubt', async () => {
    const doubt = (name: string) => plan(name, { dateAmbiguous: true })
    const { flow } = setUp({ 'A.csv': doubt('A.csv'), 'B.csv': doubt('B.csv') }, () => ({}))
    await flow.add([file('A.csv'), file('B.csv')])
    expect(flow.ready).toEqual([])
    flow.chooseDates(['A.csv', 'B.csv'], 'month-first')
    await vi.waitFor(() => expect(flow.ready).toHaveLength(2))
    expect(flow.plans.map((one) => one.dateFormat)).toEqual(['month-first', 'month-first'])
  })

  test('the same bytes read again take the place of the first reading', async () => {
    const { workspace, data, flow } = setUp({ 'AAPL.csv': plan('AAPL.csv') }, () => ({
      datasets: [dataset('AAPL', { id: `reading ${data.importFiles.mock.calls.length}` })],
    }))
    for (let i = 0; i < 2; i++) {
      await flow.add([file('AAPL.csv')])
      await flow.importReady()
    }
    expect(workspace.datasets.map((one) => one.id)).toEqual(['Simulated market', 'reading 2'])
    expect(used(workspace)).toEqual(['AAPL'])
  })

  test('a file of signals among prices is recognised', async () => {
    const ideas = plan('ideas.csv', {
      header: ['symbol', 'date', 'direction'],
      columns: { symbol: 0, date: 1 },
      problems: ['no open'],
    })
    const { flow } = setUp({ 'ideas.csv': ideas }, () => ({}))
    await flow.add([file('ideas.csv')])
    expect(flow.plans[0].kind).toBe('signals')
  })
})

describe('files that a link names', () => {
  const wanted = ['AAPL', 'MSFT'].map((name) => ({
    name,
    kind: 'prices' as const,
    rows: 10,
    schemaHash: 'aa',
    sha256: name.toLowerCase(),
  }))

  function receiver() {
    const made = setUp(
      { 'AAPL.csv': plan('AAPL.csv'), 'MSFT.csv': plan('MSFT.csv'), 'OTHER.csv': plan('OTHER.csv') },
      (plans) => ({
        datasets: plans.map((one) => dataset(one.fileName.replace('.csv', ''))),
      }),
    )
    made.workspace.state = { ...made.workspace.state, datasets: wanted }
    return made
  }

  test('complete the link without changing it, so that the result can be compared', async () => {
    const { workspace, flow } = receiver()
    const before = workspace.state
    await flow.add([file('AAPL.csv')])
    await flow.importReady()
    expect(flow.finished?.use).toBe('link still incomplete')
    await flow.add([file('MSFT.csv')])
    await flow.importReady()
    expect(flow.finished?.use).toBe('completes the link')
    expect(workspace.state).toBe(before)
  })

  test('are not replaced by others unasked', async () => {
    const { workspace, flow } = receiver()
    await flow.add([file('OTHER.csv')])
    await flow.importReady()
    expect(flow.finished?.use).toBe('not what the link names')
    expect(used(workspace)).toEqual(['AAPL', 'MSFT'])
    flow.useImported()
    expect(used(workspace)).toEqual(['OTHER'])
  })
})

describe('signals for the custom system', () => {
  const ideas = plan('ideas.csv', { kind: 'signals', symbol: null })

  test('run at once when every symbol has prices', async () => {
    const { workspace, flow } = setUp(
      { 'ideas.csv': ideas },
      () => ({ datasets: [dataset('ideas', { kind: 'signals', symbols: ['ALTO'] })] }),
      'signals',
    )
    await flow.add([file('ideas.csv')])
    await flow.importReady()
    expect(used(workspace)).toEqual(['ideas'])
  })

  test('are held until read about when some symbol has none', async () => {
    const { workspace, flow } = setUp(
      { 'ideas.csv': ideas },
      () => ({ datasets: [dataset('ideas', { kind: 'signals', symbols: ['ALTO', 'NOPE'] })] }),
      'signals',
    )
    await flow.add([file('ideas.csv')])
    await flow.importReady()
    expect(flow.finished?.use).toBe('held')
    expect(flow.finished?.warnings[0]).toContain('NOPE')
    expect(used(workspace)).toEqual([])
    flow.useImported()
    expect(used(workspace)).toEqual(['ideas'])
  })
})

describe('what stands in the way of an import', () => {
  test('is said once, in the words of the reader of the file', () => {
    expect(
      openQuestions(plan('x.csv', { symbol: '', problems: ['Type the symbol.', 'Type the symbol.'] })),
    ).toEqual(['Type the symbol.'])
    expect(openQuestions(plan('AAPL.csv'))).toEqual([])
  })

  test('is an ambiguous date or a missing symbol too', () => {
    expect(isReady(plan('AAPL.csv'))).toBe(true)
    expect(isReady(plan('AAPL.csv', { dateAmbiguous: true }))).toBe(false)
    expect(isReady(plan('AAPL.csv', { symbol: '' }))).toBe(false)
    expect(isReady(plan('all.csv', { symbol: null }))).toBe(true)
  })
})
