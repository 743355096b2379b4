import type { SystemInfo } from '../../../workers/systems/api.ts'
import { date } from '../../charts/format.ts'
import { routeOf } from '../../routes.ts'
import { paramsOf, type AppState } from '../../state/appState.ts'
import type { ComparedEntry } from '../../state/compare.svelte.ts'
import { systemInfoOf } from '../../state/sweepPlan.ts'
import { paramLabel, valueText } from '../sweep/sweepWords.ts'

export interface DifferingSetting {
  label: string
  /** [runs] in words */
  values: string[]
}

/** What the runs do not have in common: system, data and days, then parameters in the order of their form. */
export function settingsThatDiffer(entries: ComparedEntry[]): DifferingSetting[] {
  const infos = entries.map(({ system }) => systemInfoOf(system ?? 'options'))
  const general: [string, (entry: ComparedEntry) => string][] = [
    ['System', ({ system }) => (system === null ? '–' : routeOf(system).label)],
    ['Data', ({ state }) => dataWords(state)],
    ['Repairs switched off', ({ state }) => listed(state.repairsOff)],
    ['First day', ({ facts, state }) => dayWords(facts?.from ?? state.from)],
    ['Last day', ({ facts, state }) => dayWords(facts?.to ?? state.to)],
    ['Out of sample from', splitWords],
    ['Benchmark', ({ facts, state }) => (facts ? facts.benchmark : state.benchmark) ?? 'none'],
    ['Seed', ({ state }) => String(state.seed)],
    ['Model', ({ state }) => state.checkpoint?.name ?? 'that of the page'],
    ['Words of tickets', ({ state }) => state.ticketWords?.language ?? 'those of the page'],
    ['Weights of products', ({ state }) => weightWords(state)],
  ]
  return [
    ...general.map(([label, of]) => ({ label, values: entries.map(of) })),
    ...sharedParams(infos).map((name) => ({
      label: paramLabel(infos[0], name),
      values: entries.map(({ state }, i) =>
        valueText(infos[i], name, paramsOf(state, infos[i].id)[name], true),
      ),
    })),
  ].filter(({ values }) => new Set(values).size > 1)
}

/** Parameters of the first that all the others have too. */
function sharedParams(infos: SystemInfo[]): string[] {
  return Object.keys(infos[0]?.params ?? {}).filter((name) =>
    infos.every(({ params }) => Object.hasOwn(params, name)),
  )
}

function dataWords({ datasets }: AppState): string {
  return datasets.length === 0 ? 'Simulated market' : listed(datasets.map(({ name }) => name))
}

function splitWords({ facts, state }: ComparedEntry): string {
  if (facts) return facts.splitFrom === null ? 'no split' : date(facts.splitFrom)
  return state.split === null ? 'no split' : state.split === 'auto' ? 'by itself' : date(state.split)
}

const dayWords = (day: number | null): string => (day === null ? 'of the data' : date(day))

const weightWords = ({ ticketWeights }: AppState): string =>
  ticketWeights.length === 0
    ? 'all 1'
    : listed(ticketWeights.map(({ symbol, product, weight }) => `${symbol} ${product} ${weight}`))

function listed(names: string[]): string {
  if (names.length === 0) return 'none'
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
