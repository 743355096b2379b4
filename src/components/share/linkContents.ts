import { systemInfos, type AnyParamSpec, type ParamValue } from '../../../workers/systems/api.ts'
import { count, date } from '../../charts/format.ts'
import { routeOf } from '../../routes.ts'
import { autoBenchmark, defaultState, type AppState } from '../../state/appState.ts'
import { jetTabs } from '../../state/jetTabs.ts'
import { liveTabs } from '../../state/liveTabs.ts'
import { optionsTabs } from '../../state/optionsTabs.ts'
import { systemOf } from '../../state/tablesRead.ts'
import { ticketsTabs } from '../../state/ticketsTabs.ts'
import { inWords } from '../form/paramText.ts'

export interface SettingInLink {
  system: string
  label: string
  value: string
  /** What it is when nobody has touched it. */
  usual: string
}

/** What a link says, in plain words. */
export interface LinkContents {
  facts: { label: string; value: string }[]
  /** Those that differ from the recommended ones, of every system. */
  settings: SettingInLink[]
}

export function linkContents(state: AppState): LinkContents {
  const system = systemOf(state)
  const info = systemInfos.find(({ id }) => id === system)
  const { from, to, split, benchmark, seed, checkpoint } = state
  const facts: LinkContents['facts'] = [{ label: 'View', value: viewInWords(state) }]
  if (info) {
    facts.push(
      { label: 'System', value: info.name },
      { label: 'Period', value: periodInWords(from, to) },
      {
        label: 'Out of sample',
        value:
          split === null
            ? 'no split'
            : split === 'auto'
              ? 'as usual: what no model has seen, or the last two fifths'
              : `from ${date(split)}`,
      },
      {
        label: 'Benchmark',
        value: benchmark === autoBenchmark ? 'as usual: QQQ where the data have it' : (benchmark ?? 'none'),
      },
      { label: 'Seed', value: String(seed) },
    )
  }
  if (checkpoint)
    facts.push({ label: 'Model', value: `${checkpoint.name}, checkpoint ${checkpoint.sha256.slice(0, 12)}…` })
  facts.push(...plansOf(state).map((value) => ({ label: 'Also', value })))
  return { facts, settings: settingsOf(state) }
}

function viewInWords(state: AppState): string {
  const { view } = state
  const { label } = routeOf(view)
  const tabs: { id: string; label: string }[] =
    { jet: jetTabs, tickets: ticketsTabs, options: optionsTabs, live: liveTabs }[view as string] ?? []
  const id = { jet: state.jetTab, tickets: state.ticketsTab, options: state.optionsTab, live: state.liveTab }[
    view as string
  ]
  const tab = tabs.find((one) => one.id === id)
  return tab ? `${label}, ${tab.label}` : label
}

function periodInWords(from: number | null, to: number | null): string {
  if (from === null && to === null) return 'all of the data'
  if (from === null) return `until ${date(to!)}`
  return to === null ? `from ${date(from)}` : `${date(from)} – ${date(to)}`
}

/** Everything else of the state that was changed, a phrase each. */
function plansOf(state: AppState): string[] {
  const base = defaultState()
  const changed = (field: keyof AppState) => JSON.stringify(state[field]) !== JSON.stringify(base[field])
  const axes = (plan: AppState['sweep'] | AppState['walk']) => {
    const info = systemInfos.find(({ id }) => id === plan.system)
    const names = plan.axes.map(({ param }) => info?.params[param]?.label ?? param)
    return `${info?.name ?? plan.system}, over ${names.join(', ') || 'nothing yet'}`
  }
  const { ticketWords, ticketWeights, repairsOff, optionsChain, optionsContract, ticketProduct } = state
  return [
    ...(changed('sweep') ? [`the plan of a sweep: ${axes(state.sweep)}`] : []),
    ...(changed('walk') ? [`the plan of a walk-forward: ${axes(state.walk)}`] : []),
    ...(changed('playground') ? ['the settings of the playground, without what was trained'] : []),
    ...(changed('compare') ? ['the runs that are compared, by their parameters'] : []),
    ...(repairsOff.length > 0 ? [`${count(repairsOff.length, 'repair')} of the data switched off`] : []),
    ...(ticketWords ? [`your words for tickets (${ticketWords.language})`] : []),
    ...(ticketWeights.length > 0 ? [`${count(ticketWeights.length, 'weight')} of products`] : []),
    ...(ticketProduct ? ['the product looked at'] : []),
    ...(optionsChain.symbol !== null || optionsContract !== null ? ['the chain looked at'] : []),
    ...(changed('strikemapSettings') ? ['how chains are read'] : []),
  ]
}

function settingsOf(state: AppState): SettingInLink[] {
  return systemInfos.flatMap(({ id, name, params }) =>
    Object.entries(params).flatMap(([param, spec]) => {
      const value = state.params[id]?.[param]
      if (value === undefined || value === spec.recommended) return []
      return [
        { system: name, label: spec.label, value: words(spec, value), usual: words(spec, spec.recommended) },
      ]
    }),
  )
}

function words(spec: AnyParamSpec, value: ParamValue): string {
  if (spec.kind === 'number' && typeof value === 'number') return inWords(spec, value)
  if (spec.kind === 'choice') return spec.options.find((one) => one.value === value)?.label ?? String(value)
  return value === true ? 'on' : 'off'
}
