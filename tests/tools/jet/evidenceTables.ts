import { Random } from '../../../workers/quant/random.ts'
import { markdownTable } from '../markdownTable.ts'
import type { SeedFigures, SignalOutcome } from './measureSeed.ts'

const resamples = 2_000

interface Counted {
  /** what hangs together: the signals of one company in one market */
  cluster: string
  right: boolean
}

/** Share and 95 % interval by drawing clusters with replacement: several visits before one deal are one event. */
export function shareWithInterval(outcomes: readonly Counted[]): {
  share: number
  low: number
  high: number
} {
  const clusters = new Map<string, Counted[]>()
  for (const outcome of outcomes)
    clusters.set(outcome.cluster, [...(clusters.get(outcome.cluster) ?? []), outcome])
  const groups = [...clusters.values()]
  const shareOf = (some: readonly Counted[]) => some.filter(({ right }) => right).length / some.length
  const random = new Random(1)
  const drawn = Array.from({ length: resamples }, () =>
    shareOf(groups.flatMap(() => groups[random.below(groups.length)])),
  ).sort((a, b) => a - b)
  return {
    share: shareOf(outcomes),
    low: drawn[Math.floor(0.025 * resamples)],
    high: drawn[Math.ceil(0.975 * resamples) - 1],
  }
}

const percent = (value: number) => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`)
const decimal = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3))
const mean = (values: readonly number[]) => {
  const known = values.filter((value) => !Number.isNaN(value) && value !== null)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : NaN
}

function counted(
  lines: readonly SeedFigures[],
  signals: (line: SeedFigures) => readonly SignalOutcome[],
  what: 'event' | 'direction',
  which: (signal: SignalOutcome) => boolean = () => true,
): Counted[] {
  return lines.flatMap((line) =>
    signals(line)
      .filter((signal) => signal[what] !== null && which(signal))
      .map((signal) => ({ cluster: `${line.seed} ${signal.symbol}`, right: signal[what] === true })),
  )
}

function withInterval(outcomes: readonly Counted[]): string {
  if (outcomes.length === 0) return '–'
  const { share, low, high } = shareWithInterval(outcomes)
  return `${percent(share)} (${percent(low)} to ${percent(high)})`
}

/** All tables of the lines, one section per strength and null. */
export function evidenceTables(lines: readonly SeedFigures[]): string {
  const sections = new Map<string, SeedFigures[]>()
  for (const line of lines) {
    const key =
      line.nulls === 'none' ? `Strength ${line.strength}` : `Strength ${line.strength}, ${line.nulls}`
    sections.set(key, [...(sections.get(key) ?? []), line])
  }
  return [...sections].map(([title, own]) => section(title, own)).join('\n\n')
}

function section(title: string, lines: readonly SeedFigures[]): string {
  const seeds = lines.map(({ seed }) => seed).sort((a, b) => a - b)
  const judged = lines.reduce((sum, line) => sum + line.judged, 0)
  const positives = lines.reduce((sum, line) => sum + line.positives, 0)
  return [
    `## ${title}, seeds ${seeds.join(', ')}`,
    `${judged} visits in the untouched years, ${positives} of them before a takeover (${percent(positives / judged)}).`,
    signalTable(lines),
    ladderTable(lines),
    ...(lines.some(({ runs }) => Object.keys(runs).length > 0) ? [runTable(lines), studyLine(lines)] : []),
  ].join('\n\n')
}

function signalTable(lines: readonly SeedFigures[]): string {
  const kinds = [...new Set(lines.flatMap(({ models }) => models.map(({ kind }) => kind)))]
  const oracle = (line: SeedFigures): SignalOutcome[] =>
    line.oracle.map(({ symbol, right, direction }) => ({ symbol, unseen: false, event: right, direction }))
  const byChance = mean(lines.flatMap((line) => line.oracle.map((signal) => signal.byChance)))
  const judged = lines.reduce((sum, line) => sum + line.judged, 0)
  const amongVisits = lines.reduce((sum, line) => sum + line.positives, 0) / judged
  const oracleShare = shareOf(counted(lines, oracle, 'event'))
  // Where the oracle knows nothing there is no skill to have a share of.
  const skill = (share: number, base: number) =>
    oracleShare - base > 0.1 ? percent((share - base) / (oracleShare - base)) : '–'
  const row = (name: string, signals: (line: SeedFigures) => readonly SignalOutcome[], isOracle = false) => {
    const events = counted(lines, signals, 'event')
    return [
      name,
      String(lines.reduce((sum, line) => sum + signals(line).length, 0)),
      withInterval(events),
      withInterval(counted(lines, signals, 'direction')),
      isOracle ? '–' : withInterval(counted(lines, signals, 'event', ({ unseen }) => unseen)),
      skill(shareOf(events), byChance),
      skill(shareOf(events), amongVisits),
    ]
  }
  return markdownTable(
    [
      'signals of the untouched years',
      'signals',
      'takeover within 60 days',
      'direction right',
      'unseen companies',
      'skill of the oracle’s, over companies',
      'over visits',
    ],
    [
      [
        'companies not yet bought, by chance',
        '–',
        percent(byChance),
        '–',
        '–',
        skill(byChance, byChance),
        '–',
      ],
      ['visits, by chance', '–', percent(amongVisits), '–', '–', '–', skill(amongVisits, amongVisits)],
      row('oracle', oracle, true),
      ...kinds.map((kind) =>
        row(kind, (line) => line.models.find((model) => model.kind === kind)?.signals ?? []),
      ),
    ],
  )
}

function shareOf(outcomes: readonly Counted[]): number {
  return outcomes.length > 0 ? outcomes.filter(({ right }) => right).length / outcomes.length : NaN
}

function ladderTable(lines: readonly SeedFigures[]): string {
  const names = [...new Set(lines.flatMap(({ models }) => models.map(({ kind }) => kind)))]
  const scores = (kind: string, part: 'test' | 'unseen') =>
    lines.flatMap((line) => line.models.find((model) => model.kind === kind)?.rung.scores?.[part] ?? [])
  return markdownTable(
    [
      'mean over the seeds',
      'AUC-PR',
      'unseen companies',
      'ROC',
      'Brier',
      'precision at 12 a year',
      'lead time, days',
      'seconds to fit',
    ],
    [
      [
        'base rate',
        decimal(mean(scores(names[0], 'test').map(({ baseRate }) => baseRate))),
        decimal(mean(scores(names[0], 'unseen').map(({ baseRate }) => baseRate))),
        '0.500',
        '–',
        '–',
        '–',
        '–',
      ],
      ...names.map((kind) => [
        kind,
        decimal(mean(scores(kind, 'test').map(({ averagePrecision }) => averagePrecision.value))),
        decimal(mean(scores(kind, 'unseen').map(({ averagePrecision }) => averagePrecision.value))),
        decimal(mean(scores(kind, 'test').map(({ rocAuc }) => rocAuc))),
        decimal(mean(scores(kind, 'test').map(({ brier }) => brier))),
        decimal(mean(scores(kind, 'test').map(({ precisionAtCalls }) => precisionAtCalls.value))),
        decimal(mean(scores(kind, 'test').map(({ leadTime }) => leadTime))),
        mean(
          lines.flatMap((line) => line.models.find((model) => model.kind === kind)?.rung.seconds ?? []),
        ).toFixed(0),
      ]),
    ],
  )
}

function runTable(lines: readonly SeedFigures[]): string {
  const names = [...new Set(lines.flatMap(({ runs }) => Object.keys(runs)))]
  return markdownTable(
    [
      'out of sample, mean over the seeds',
      'trades',
      'alpha a year',
      'scaled to 10 % volatility',
      'Sharpe',
      'worst drawdown',
      'verdicts',
    ],
    names.map((name) => {
      const runs = lines.flatMap((line) => line.runs[name] ?? [])
      const verdicts = new Map<string, number>()
      for (const { verdict } of runs) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      return [
        name,
        mean(runs.map(({ trades }) => trades)).toFixed(1),
        percent(mean(runs.map(({ alpha }) => alpha))),
        percent(
          mean(runs.map(({ alpha, volatility }) => (volatility > 0 ? (0.1 * alpha) / volatility : NaN))),
        ),
        decimal(mean(runs.map(({ sharpe }) => sharpe))),
        percent(Math.min(...runs.map(({ maxDrawdown }) => maxDrawdown))),
        [...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(', '),
      ]
    }),
  )
}

function studyLine(lines: readonly SeedFigures[]): string {
  const tests = [...new Set(lines.flatMap(({ study }) => Object.keys(study)))]
  const said = tests.map((test) => {
    const values = lines
      .flatMap(({ study }) => study[test] ?? [])
      .filter((p) => p !== null && !Number.isNaN(p))
    return `${test} ${values.filter((p) => p <= 0.05).length} of ${values.length}`
  })
  return `Event study around the signals, days 1 to 42, seeds with p ≤ 0.05: ${said.join(', ')}.`
}
