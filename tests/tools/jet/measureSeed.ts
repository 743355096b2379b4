import { createEngine } from '../../../workers/backtest/engine.ts'
import type { Report } from '../../../workers/backtest/api.ts'
import type { RowDataset, RowScores, ScoringModel } from '../../../workers/quant/rows.ts'
import { chosenRows } from '../../../workers/systems/jet.ts'
import { unknown } from '../../../workers/systems/jet/labels.ts'
import type { JetParams } from '../../../workers/systems/jetParams.ts'
import { defaultParams, systemInfos, type Preset } from '../../../workers/systems/api.ts'
import { Ladder } from '../../../workers/hrm/rows/ladder.ts'
import type { LadderModel, Rung } from '../../../workers/hrm/rows/contract.ts'
import type { TrainingSettings } from '../../../workers/hrm/api.ts'
import { kindOf, type JetMarket } from '../../../workers/backtest/jet/jetMarket.ts'
import { jetWorld, oracleSignals, type OracleSignal } from './market.ts'

/** One signal in the untouched year and what came of it; null = the data end before the answer. */
export interface SignalOutcome {
  symbol: string
  unseen: boolean
  /** A takeover was announced within 60 days. */
  event: boolean | null
  /** The abnormal return went the way of the signal. */
  direction: boolean | null
}

export interface RunFigures {
  trades: number
  sharpe: number
  alpha: number
  volatility: number
  maxDrawdown: number
  verdict: string
  pValue: number
  claims: { text: string; state: string }[]
}

export interface SeedFigures {
  seed: number
  strength: number
  nulls: string
  rows: number
  judged: number
  positives: number
  oracle: (OracleSignal & { direction: boolean | null })[]
  models: {
    kind: string
    rung: Omit<Rung, 'scoring' | 'scores'> & { scores: Rung['scores'] }
    signals: SignalOutcome[]
  }[]
  runs: Record<string, RunFigures>
  /** p-values of the event study around the signals of the first network, out of sample. */
  study: Record<string, number>
}

const jetInfo = systemInfos.find(({ id }) => id === 'jet')!

/** Models by the names that the parameter of the system has for them. */
export function modelsNamed(names: readonly string[]): LadderModel[] {
  return names.map((name): LadderModel => {
    switch (name) {
      case 'base-rate':
      case 'logistic-regression':
      case 'boosted-trees':
      case 'gru':
        return { kind: name }
      case 'hrm-v1':
      case 'trm':
      case 'transformer':
      case 'transformer-without-loop':
        return { kind: 'hrm', mode: name }
      default:
        return { kind: 'rule', rule: name }
    }
  })
}

export interface Measure {
  seed: number
  strength: number
  models: readonly string[]
  settings: Partial<TrainingSettings>
  shifted?: boolean
  /** Changes the labels before anything is learnt. */
  change?: (dataset: RowDataset) => RowDataset
  nulls: string
  /** Runs of the system with these models and both presets. */
  run: boolean
}

/** Everything about one market: the ladder, the signals of the untouched year, the runs. */
export async function measureSeed(measure: Measure): Promise<SeedFigures> {
  const {
    seed,
    strength,
    models,
    settings,
    shifted = false,
    change = (dataset) => dataset,
    nulls,
    run,
  } = measure
  const world = jetWorld(seed, strength, shifted)
  const { jet, panel, tables } = world
  const dataset = change(jet.dataset)
  const ladder = new Ladder(
    dataset,
    { models: modelsNamed(models), settings: { seed, ...settings }, callsPerYear: 12, seed },
    { tell: () => undefined, now: () => performance.now() },
  )
  await ladder.run()
  const engine = createEngine()
  engine.load({ panelId: `${seed}`, panel, simulated: true, signals: null, flights: tables })
  const scored = new Map<string, RowScores>()
  engine.useScorer({ score: (id) => Promise.resolve(scored.get(id)!) })
  const found: SeedFigures['models'] = []
  for (const [i, rung] of ladder.status.rungs.entries()) {
    if (rung.phase !== 'done') throw new Error(`${rung.name}: ${rung.message}`)
    const { scoring, ...rest } = rung
    const model: ScoringModel | null = scoring && { ...scoring, kind: models[i] }
    if (model) {
      scored.set(model.id, await ladder.scorer(model.id)!.score(dataset))
      jet.take(model, scored.get(model.id)!, 0)
      await engine.jetScore(model)
    }
    const kind = model ? kindOf(model) : ruleKind(rung.model)
    if (kind !== null) found.push({ kind, rung: rest, signals: signalsOf(jet, kind) })
  }
  await ladder.dispose()
  const runs: Record<string, RunFigures> = {}
  let study: Record<string, number> = {}
  const first = found.find(({ kind }) => !['visits', 'flights', 'base-rate'].includes(kind))?.kind ?? 'visits'
  if (run)
    for (const { kind } of found)
      for (const preset of ['recommended', 'original'] as const) {
        runs[`${kind} ${preset}`] = await runOf(engine, jet, kind, preset, seed)
        if (kind !== first || preset !== 'recommended') continue
        const outcome = await engine.eventStudy({
          around: 'signals',
          estimation: [-250, -65],
          window: [1, 42],
          from: jet.dataset.split.testFrom,
          to: null,
        })
        if (outcome.ok) study = Object.fromEntries(outcome.value.tests.map(({ id, p }) => [id, p]))
      }
  const { testFrom } = dataset.split
  const judged = [...dataset.split.test, ...dataset.split.unseen].filter((row) => dataset.judged[row] === 1)
  return {
    seed,
    strength,
    nulls,
    rows: dataset.rows,
    judged: judged.length,
    positives: judged.filter((row) => jet.labels.event[row] === 2).length,
    oracle: shifted
      ? []
      : oracleSignals(world, testFrom).map((signal) => ({ ...signal, direction: directionAt(jet, signal) })),
    models: found,
    runs,
    study,
  }
}

function ruleKind(model: LadderModel): string | null {
  if (model.kind !== 'rule') return null
  return model.rule.startsWith('Visits') ? 'visits' : 'flights'
}

/** The signals of the recommended rules in the untouched year, with what came of them. */
function signalsOf(jet: JetMarket, kind: string): SignalOutcome[] {
  const params = defaultParams(jetInfo, 'recommended') as unknown as JetParams
  const { candidates } = jet.inputs
  const scores = candidates.models.find((model) => model.kind === kind)!
  const chosen = chosenRows(candidates, scores, jet.panel, params)
  const { testFrom, unseen } = jet.dataset.split
  const isUnseen = new Set(unseen)
  return [...jet.data.visits.entries()].flatMap(([place, row]) => {
    if (!chosen[place] || jet.rows.known[row] < testFrom) return []
    const event = jet.labels.event[row]
    const abnormal = jet.labels.abnormal[row]
    return [
      {
        symbol: jet.tables.companies.symbol[jet.rows.visited[row]],
        unseen: isUnseen.has(row),
        event: event === unknown ? null : event === 2,
        direction: Number.isNaN(abnormal) ? null : abnormal > 0,
      },
    ]
  })
}

function directionAt(jet: JetMarket, { known, symbol }: OracleSignal): boolean | null {
  const row = jet.rows.visited.findIndex(
    (visited, at) =>
      visited >= 0 && jet.rows.known[at] === known && jet.tables.companies.symbol[visited] === symbol,
  )
  const abnormal = row < 0 ? NaN : jet.labels.abnormal[row]
  return Number.isNaN(abnormal) ? null : abnormal > 0
}

async function runOf(
  engine: ReturnType<typeof createEngine>,
  jet: JetMarket,
  kind: string,
  preset: Preset,
  seed: number,
): Promise<RunFigures> {
  const request = {
    system: 'jet' as const,
    params: { ...defaultParams(jetInfo, preset), model: kind },
    from: null,
    to: null,
    outOfSampleFrom: jet.dataset.split.testFrom,
    benchmark: 'QQQ',
    seed,
  }
  const outcome = await engine.run(request)
  if (!outcome.ok) throw new Error(outcome.message)
  const evidence = await engine.evidence(request)
  if (!evidence.ok) throw new Error(evidence.message)
  const of = (report: Report, id: string) =>
    report.metrics.find((metric) => metric.id === id)?.outOfSample ?? NaN
  return {
    trades: outcome.value.trades.filter(({ outOfSample }) => outOfSample).length,
    sharpe: of(outcome.value, 'sharpe'),
    alpha: of(outcome.value, 'alpha'),
    volatility: of(outcome.value, 'volatility'),
    maxDrawdown: of(outcome.value, 'maxDrawdown'),
    verdict: evidence.value.verdict.kind,
    pValue: evidence.value.pValue,
    claims: evidence.value.claims.map(({ text, state }) => ({ text, state })),
  }
}
