import { markdown } from '../../../datasets/report.ts'
import { quantile } from '../../../workers/quant/quantiles.ts'
import type { Verdict } from '../../../workers/backtest/api.ts'
import { shareInterval } from './binomial.ts'
import type { Found, NullSearch } from './nullSearch.ts'
import type { Planted } from './planted.ts'
import type { Count, Counts } from './sizes.ts'

const kinds: Verdict['kind'][] = [
  'not assessable',
  'too little data',
  'consistent with luck',
  'fragile',
  'hard to explain by luck',
]
const hard = 'hard to explain by luck'

const percent = (share: number, digits = 1) => (100 * share).toFixed(digits)
const signed = (value: number, digits = 2) => value.toFixed(digits).replace('-', '−')

/** Sums of several seeds. */
export function sumOf(all: Counts[]): Counts {
  const sum: Counts = {}
  for (const counts of all) {
    for (const [name, { samples, found }] of Object.entries(counts)) {
      const row = (sum[name] ??= { samples: 0, found: 0 })
      row.samples += samples
      row.found += found
    }
  }
  return sum
}

/** Tests that must hold their level from both sides; all others only from above. */
export function wantedSize(name: string): { least: number; most: number } {
  const exact = /^(probabilistic Sharpe|reality check, one)/.test(name)
  return { least: exact ? 0.035 : 0, most: 0.065 }
}

export function sizeReport(all: Counts[]): string {
  const row = ([name, { samples, found }]: [string, Count]) => {
    const { least, most } = wantedSize(name)
    const share = found / samples
    const { low, high } = shareInterval(found, samples)
    return [
      name,
      samples.toLocaleString('en-US'),
      percent(share),
      `${percent(low)} … ${percent(high)}`,
      least > 0 ? `${percent(least)} … ${percent(most)}` : `≤ ${percent(most)}`,
      share >= least && share <= most ? 'yes' : 'no',
    ]
  }
  return markdown(
    ['finds something at the 5 % level', 'samples', '%', '95 % interval', 'wanted', 'holds'],
    Object.entries(sumOf(all)).map(row),
  )
}

export function nullReport(all: NullSearch[]): string {
  const ways: [string, (one: NullSearch) => Found][] = [
    ['best by Sharpe ratio', ({ bySharpe }) => bySharpe],
    ['best by alpha', ({ byAlpha }) => byAlpha],
  ]
  const found = ways.map(([, of]) => all.map(of))
  const verdicts = kinds.map((kind) => [
    kind,
    ...found.map((some) => `${some.filter(({ verdict }) => verdict === kind).length} of ${all.length}`),
  ])
  const quartiles = (values: number[], format: (value: number) => string) =>
    [0.25, 0.5, 0.75].map((share) => format(quantile(values, share))).join(' · ')
  const figures: [string, (one: Found) => number, (value: number) => string][] = [
    ['p-value, everything tried charged', ({ pValue }) => pValue, (value) => value.toFixed(3)],
    ['p-value, as if nothing else had been tried', ({ pAlone }) => pAlone, (value) => value.toFixed(3)],
    ['Sharpe ratio in sample', ({ sharpe }) => sharpe.inSample, signed],
    ['Sharpe ratio out of sample', ({ sharpe }) => sharpe.outOfSample, signed],
    ['alpha in sample, % a year', ({ alpha }) => 100 * alpha.inSample, (value) => signed(value, 1)],
    ['alpha out of sample, % a year', ({ alpha }) => 100 * alpha.outOfSample, (value) => signed(value, 1)],
  ]
  const share = (some: Found[], of: (one: Found) => number) =>
    `${some.filter((one) => of(one) <= 0.05).length} of ${all.length}`
  const pbo = quartiles(
    all.map((one) => one.pbo),
    (value) => value.toFixed(2),
  )
  return [
    markdown(['verdict', ...ways.map(([name]) => name)], verdicts),
    markdown(
      ['', ...ways.map(([name]) => name)],
      [
        ['p ≤ 0.05, everything tried charged', ...found.map((some) => share(some, ({ pValue }) => pValue))],
        ['p ≤ 0.05, as if nothing else had been tried', ...found.map((some) => share(some, ({ pAlone }) => pAlone))], // prettier-ignore
      ],
    ),
    markdown(
      ['quartiles over the seeds', ...ways.map(([name]) => name)],
      [
        ...figures.map(([name, of, format]) => [
          name,
          ...found.map((some) => quartiles(some.map(of), format)),
        ]),
        ['probability of backtest overfitting of the search', pbo, pbo],
      ],
    ),
  ].join('\n\n')
}

export function powerReport(all: Planted[][]): string {
  const samples = all.flat()
  const wanted = [...new Set(samples.map((one) => one.wanted))]
  const rows = wanted.map((sharpe) => {
    const some = samples.filter((one) => one.wanted === sharpe)
    const share = (is: (one: Planted) => boolean) => percent(some.filter(is).length / some.length, 0)
    const measured = some.map((one) => one.measured)
    return {
      head: [sharpe.toFixed(1), some.length.toString(), meanAndError(measured)],
      share,
    }
  })
  const verdicts = (which: 'alone' | 'searched') =>
    markdown(
      ['true Sharpe ratio', 'p ≤ 0.05', ...kinds.toReversed()],
      rows.map(({ head, share }) => [
        head[0],
        share((one) => one[which].pValue <= 0.05),
        ...kinds.toReversed().map((kind) => share((one) => one[which].verdict === kind)),
      ]),
    )
  const hurdles = samples.map((one) => one.hurdle)
  return [
    markdown(
      [
        'true Sharpe ratio',
        'samples',
        'measured, mean ± standard error',
        'probabilistic Sharpe ≥ 95 %, all five years',
        'the same, out of sample alone',
        `verdict “${hard}” after one trial`,
        'the same after the search',
      ],
      rows.map(({ head, share }) => [
        ...head,
        share((one) => one.byAllDays),
        share((one) => one.byOutOfSample),
        share((one) => one.alone.verdict === hard),
        share((one) => one.searched.verdict === hard),
      ]),
    ),
    'After one trial:',
    verdicts('alone'),
    `After the search, whose best reaches t = ${quantile(hurdles, 0.5).toFixed(2)} by chance one time in 20 (median over the markets):`,
    verdicts('searched'),
  ].join('\n\n')
}

function meanAndError(values: number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return `${signed(mean)} ± ${Math.sqrt(squares / (values.length - 1) / values.length).toFixed(2)}`
}
