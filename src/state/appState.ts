import type { StrikemapSettings } from '../../workers/backtest/api.ts'
import type { DemandRequest, TableName, TicketWords } from '../../workers/data/api.ts'
import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import type { Params, SystemId } from '../../workers/systems/api.ts'
import type { ViewId } from '../routes.ts'
import type { JetTab } from './jetTabs.ts'
import type { LiveTab } from './liveTabs.ts'
import { defaultComparePlan, type ComparePlan } from './compareField.ts'
import type { SeenFigures } from './seenFigures.ts'
import type { OptionsTab } from './optionsTabs.ts'
import { defaultPlaygroundPlan, type PlaygroundPlan } from './playgroundPlan.ts'
import type { TicketsTab } from './ticketsTabs.ts'
import { defaultSweepPlan, type SweepPlan } from './sweepPlan.ts'
import { defaultWalkPlan, type WalkPlan } from './walkPlan.ts'

/** What identifies a dataset without carrying it. */
export interface DatasetRef {
  name: string
  kind: TableName
  rows: number
  schemaHash: string
  sha256: string
}

/** A trained model, named without carrying it. */
export interface CheckpointRef {
  /** In words: “HRM, 32 wide, 420 steps”. */
  name: string
  /** As `kindOf` names it. */
  kind: string
  /** sha-256 that the file of the checkpoint carries. */
  sha256: string
}

/** Everything a link carries. Days are epoch days. */
export interface AppState {
  view: ViewId
  /** What of Jet is looked at. */
  jetTab: JetTab
  /** What of Tickets is looked at. */
  ticketsTab: TicketsTab
  /** The product whose timeline is shown, as `productKey` writes it; null = that of the newest anomaly. */
  ticketProduct: string | null
  /** Words by which tickets with text are sorted; null = those that came with the page. */
  ticketWords: TicketWords | null
  /** Weights of products other than 1. */
  ticketWeights: DemandRequest['weights']
  /** What of Options is looked at. */
  optionsTab: OptionsTab
  /** The chain that is looked at; null = the one with the most contracts, and its last day. */
  optionsChain: { symbol: string | null; day: number | null }
  /** The contract that is looked at, as `contractKey` writes it; null = none. */
  optionsContract: string | null
  /** How chains are read, where it differs from what is recommended. */
  strikemapSettings: Partial<StrikemapSettings>
  /** What of Live is looked at. */
  liveTab: LiveTab
  params: Record<string, Params>
  /** The model that decides in Jet where it is not the one that comes with the page; null = that one, or the newest. */
  checkpoint: CheckpointRef | null
  seed: number
  from: number | null
  to: number | null
  /** First out-of-sample day; auto = at three fifths of the range; null = no split. */
  split: number | 'auto' | null
  /** auto = QQQ where the data has it, else SPY, else none. */
  benchmark: string | null
  /** Empty = the simulated market. */
  datasets: DatasetRef[]
  /** Repairs of the data that were switched off, as `repairKey` names them. */
  repairsOff: string[]
  sweep: SweepPlan
  walk: WalkPlan
  playground: PlaygroundPlan
  compare: ComparePlan
  /** Where the guide is open: a section or an entry of the glossary; null = its first page. */
  guide: string | null
  /** Everything the sender tried, only in a link that is shared: it is taken in and not kept in the address. */
  family: string | null
  /** Hash of the result the sender saw, for the receiver to compare. */
  result: string | null
  /** Headline of that result, to say what differs. */
  seen: SeenFigures | null
}

export const autoBenchmark = 'auto'

export function defaultState(): AppState {
  return {
    view: 'options',
    jetTab: 'report',
    ticketsTab: 'report',
    ticketProduct: null,
    ticketWords: null,
    ticketWeights: [],
    optionsTab: 'report',
    optionsChain: { symbol: null, day: null },
    optionsContract: null,
    strikemapSettings: {},
    liveTab: 'signals',
    params: Object.fromEntries(systemInfos.map((info) => [info.id, defaultParams(info, 'recommended')])),
    checkpoint: null,
    seed: 1,
    from: null,
    to: null,
    split: 'auto',
    benchmark: autoBenchmark,
    datasets: [],
    repairsOff: [],
    sweep: defaultSweepPlan(),
    walk: defaultWalkPlan(),
    playground: defaultPlaygroundPlan(),
    compare: defaultComparePlan(),
    guide: null,
    family: null,
    result: null,
    seen: null,
  }
}

/** What the page opens with. */
export const landingView: ViewId = 'overview'

export function landingState(): AppState {
  return { ...defaultState(), view: landingView }
}

export function paramsOf(state: AppState, system: SystemId): Params {
  return state.params[system] ?? {}
}
