/* eslint-disable */
import type { DataApi, DatasetSummary, ImportPlan, QualityFinding } from '../../../workers/data/api.ts'
const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value })
const day = (t: string) => Date.parse(t) / 86400000
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms))
export const sim: DatasetSummary = {
  id: 'sim',
  name: 'Simulated market',
  kind: 'prices',
  simulated: true,
  rows: 122262,
  refused: 0,
  symbols: [
    'QQQ',
    ...Array.from(
      { length: 96 },
      (_, i) => 'S' + String.fromCharCode(65 + (i % 26)) + String.fromCharCode(65 + Math.floor(i / 26)) + 'X',
    ),
  ],
  from: day('2020-01-02'),
  to: day('2024-12-31'),
  bytes: 3200000,
  sha256: '9f3ca1b2'.repeat(8),
  schemaHash: 'ab'.repeat(16),
}
let list = [sim]
let findings: QualityFinding[] = []
const yahoo = (name: string, extra: Partial<ImportPlan> = {}): ImportPlan => ({
  fileId: name,
  fileName: name,
  bytes: 412000,
  kind: 'prices',
  shape: 'Yahoo shape',
  header: ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume', 'Dividends', 'Stock Splits'],
  columns: { date: 0, open: 1, high: 2, low: 3, close: 4, adjClose: 5, volume: 6 },
  delimiter: ',',
  decimal: '.',
  dateFormat: 'iso-offset',
  dateAmbiguous: false,
  priceScale: 1,
  symbol: name.replace('.csv', ''),
  sample: Array.from({ length: 5 }, (_, i) => ({
    cells: [
      `2015-01-0${i + 2} 00:00:00-05:00`,
      '24.718174',
      '24.729269',
      '23.821671',
      '24.261041',
      '24.261041',
      '212818400',
      '0.0',
      '0.0',
    ],
    dateInWords: `${i + 2} January 2015`,
  })),
  problems: [],
  ...extra,
})
export function plansFor(names: string[]): ImportPlan[] {
  return names.map((name) => {
    if (name.startsWith('prices'))
      return yahoo(name, {
        symbol: '',
        shape: 'unknown shape',
        problems: ['“prices.csv” does not tell which symbol it holds. Write the symbol.'],
      })
    if (name.startsWith('day'))
      return yahoo(name, {
        dateAmbiguous: true,
        dateFormat: 'day-first',
        delimiter: ';',
        decimal: ',',
        sample: [3, 4, 5, 6].map((d) => ({
          cells: [`0${d}/04/2015`, '1.234,50', '1.240,00', '1.230,10', '1.236,00', '1.236,00', '1200'],
          dateInWords: `${d} April 2015`,
        })),
        problems: [],
      })
    if (name.endsWith('.png.csv'))
      return yahoo(name, {
        shape: 'not a table',
        header: null,
        columns: {},
        sample: [],
        symbol: null,
        problems: [
          '“chart.png.csv” is a PNG picture, not a table. Save the table itself as CSV and drop that file.',
        ],
      })
    if (name.startsWith('signals'))
      return yahoo(name, {
        kind: 'signals',
        shape: 'Contrail signals',
        header: ['symbol', 'date', 'direction', 'conviction', 'horizon'],
        columns: { symbol: 0, date: 1, direction: 2, conviction: 3, horizon: 4 },
        symbol: null,
        dateFormat: 'iso',
        sample: [1, 2, 3].map((i) => ({
          cells: ['SAAX', `2020-0${i}-08`, '1', '0.8', '15'],
          dateInWords: `${i} March 2020`,
        })),
      })
    return yahoo(name)
  })
}
export const fake: Partial<DataApi> = {
  inspect: async (files) => {
    await wait(50)
    return ok(plansFor(files.map((f) => f.name)))
  },
  replan: async (plan) => {
    await wait(100)
    return ok({
      ...plan,
      problems:
        plan.symbol === ''
          ? ['“prices.csv” does not tell which symbol it holds. Write the symbol.']
          : plan.shape === 'not a table'
            ? plan.problems
            : [],
    })
  },
  importFiles: async (plans) => {
    const w = (window as any).workspace
    for (let i = 0; i < 10; i++) {
      w.activity = { label: 'Reading ' + plans[0].fileName, done: i * 290000, total: 2900000, unit: 'bytes' }
      await wait((window as any).slow ?? 20)
    }
    const datasets: DatasetSummary[] = plans
      .filter((p) => !p.fileName.startsWith('fail'))
      .map((p) => ({
        id: p.fileId,
        name: p.fileName,
        kind: p.kind,
        simulated: false,
        rows: 2477,
        refused: p.fileName.startsWith('NVDA') ? 617 : p.fileName.startsWith('day') ? 3 : 0,
        symbols: p.kind === 'signals' ? ['SAAX', 'SBAX', 'NOPE'] : [p.symbol ?? ''],
        from: day('2015-01-02'),
        to: day('2024-11-04'),
        bytes: p.bytes,
        sha256: [...p.fileName]
          .map((c) => c.charCodeAt(0).toString(16))
          .join('')
          .padEnd(64, '7')
          .slice(0, 64),
        schemaHash: 'cd'.repeat(16),
      }))
    list = [...list, ...datasets]
    findings = datasets.length ? makeFindings() : []
    return ok({
      datasets,
      failed: plans
        .filter((p) => p.fileName.startsWith('fail'))
        .map((p) => ({
          fileName: p.fileName,
          message:
            'The file ends in the middle of a gzip stream after 12,345 bytes. Download it again and drop it here.',
        })),
      milliseconds: 840,
    })
  },
  cancel: async () => {},
  datasets: () => ok(list),
  remove: (id) => {
    list = list.filter((d) => d.id !== id)
    return ok(null)
  },
  refused: (id, n) =>
    ok(
      Array.from({ length: n }, (_, i) => ({
        file: id,
        line: 5533 + i * 11,
        column: 'Date',
        value: i % 3 ? '"description": "Invalid cookie"' : 'null',
        reason:
          i % 3
            ? 'A line of a JSON error message, not a price row.'
            : 'The open is empty: a price was expected.',
      })),
    ),
  refusedCsv: () => ok(new Blob(['a,b\n1,2'])),
  quality: async () => {
    await wait(30)
    return ok(findings)
  },
  setRepair: (id, active) => {
    findings = findings.map((f) => (f.id === id ? { ...f, repair: { ...f.repair!, active } } : f))
    return ok(null)
  },
}
function makeFindings(): QualityFinding[] {
  const d = (t: string) => day(t)
  return [
    {
      id: '1',
      kind: 'split',
      severity: 'warn',
      symbol: 'AMZN',
      days: [d('2022-06-06')],
      count: 1,
      text: 'The close falls to 0.051 of the day before, near 1 ÷ 20, while volume rises 18-fold.',
      done: 'Prices before 6 Jun 2022 are divided by 20 and volumes multiplied.',
      repair: { kind: 'split', active: true, factor: 20 },
    },
    {
      id: '2',
      kind: 'split',
      severity: 'warn',
      symbol: 'GOOG',
      days: [d('2022-07-18')],
      count: 1,
      text: 'The close falls to 0.049 of the day before, near 1 ÷ 20.',
      done: 'Prices before 18 Jul 2022 are divided by 20.',
      repair: { kind: 'split', active: false, factor: 20 },
    },
    {
      id: '3',
      kind: 'jump',
      severity: 'info',
      symbol: 'AAPL',
      days: [d('2000-09-29')],
      count: 1,
      text: 'The close falls to 0.481 of the day before; the open lies away from 1 ÷ 2 and volume rose 13-fold, as on news.',
      done: '',
      repair: null,
    },
    {
      id: '4',
      kind: 'repeated-date',
      severity: 'warn',
      symbol: 'AAPL',
      days: Array.from({ length: 45 }, (_, i) => d('2022-03-01') + i * 7),
      count: 45,
      text: '45 dates are given twice, 26 of them with different prices.',
      done: 'The last row of each date is kept.',
      repair: { kind: 'repeated-date', active: true },
    },
    {
      id: '5',
      kind: 'missing-days',
      severity: 'warn',
      symbol: 'NVDA',
      days: Array.from({ length: 88 }, (_, i) => d('2022-01-27') + i * 2),
      count: 88,
      text: '88 trading days have no row, 33 calendar days in a row at most.',
      done: '',
      repair: null,
    },
    ...['MSFT', 'ORCL', 'OXY'].map((s, i): QualityFinding => ({
      id: 'm' + i,
      kind: 'missing-days',
      severity: 'info',
      symbol: s,
      days: [d('2022-01-27'), d('2022-01-31')],
      count: 2,
      text: '2 trading days have no row.',
      done: '',
      repair: null,
    })),
    {
      id: '9',
      kind: 'mixed-adjustment',
      severity: 'warn',
      symbol: 'AAPL',
      days: [d('2021-11-05')],
      count: 1,
      text: 'The adjusted close differs from the close until 4 Nov 2021 and equals it afterwards, so returns across that day mix two bases.',
      done: 'The plain close is used throughout.',
      repair: null,
    },
  ]
}
