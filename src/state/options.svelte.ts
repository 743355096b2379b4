import {
  recommendedStrikemap,
  type ChainQuery,
  type Combined,
  type ContractView,
  type Expressions,
  type Leg,
  type OptionsDesk,
  type OptionsReport,
  type OptionsApi,
  type OptionsStatus,
  type Outcome,
  type Strikemap,
  type StrikemapSettings,
  type StructureKind,
  type StructureView,
  type SurfaceView,
} from '../../workers/backtest/api.ts'
import { paramsOf } from './appState.ts'
import { contractKey, contractOf, type Contract } from './contractKey.ts'
import type { OptionsTab } from './optionsTabs.ts'
import { SystemData, type Host } from './systemData.svelte.ts'
import type { Params } from '../../workers/systems/api.ts'

type Underlying = OptionsStatus['underlyings'][number]

/** The Options system of a tab: the chains in use, which of them is looked at, and what can be asked of them. */
export class Options extends SystemData<OptionsStatus> {
  /** Legs for the builder that it has not taken yet; asked for = somebody wants to see it. */
  #handed: { legs: Leg[]; askedFor: boolean } | null = null

  constructor(host: Host) {
    super(host, 'options', 'Reading the option chains')
  }

  protected readStatus(api: OptionsApi): Promise<Outcome<OptionsStatus>> {
    return api.optionsStatus()
  }

  get tab(): OptionsTab {
    return this.host.state.optionsTab
  }
  get params(): Params {
    return paramsOf(this.host.state, 'options')
  }

  /** Of the chains, which may be a person's though the prices in use are simulated. */
  get chainsSimulated(): boolean {
    return !this.host.state.datasets.some(({ kind }) => kind === 'prices' || kind === 'options')
  }

  show(tab: OptionsTab): void {
    this.host.change({ optionsTab: tab })
  }

  // ── What is looked at ───────────────────────────────────────────────────

  /** The chosen underlying, else the one with the most contracts; null until the chains are there. */
  get underlying(): Underlying | null {
    const all = this.status?.underlyings ?? []
    const { symbol } = this.host.state.optionsChain
    return all.find((one) => one.symbol === symbol) ?? largest(all)
  }

  /** The chosen day, else the last with quotes; where the underlying has none on that day, the last before it. */
  get day(): number | null {
    const days = this.underlying?.days
    if (!days || days.length === 0) return null
    const { day } = this.host.state.optionsChain
    return (
      (day === null ? undefined : days.findLast((one) => one <= day)) ??
      days[day === null ? days.length - 1 : 0]
    )
  }

  get settings(): StrikemapSettings {
    return { ...recommendedStrikemap, ...this.host.state.strikemapSettings }
  }

  /** The chain that is looked at, as it is read; null until the chains are there. */
  get query(): ChainQuery | null {
    const { underlying, day } = this
    return underlying && day !== null ? { symbol: underlying.symbol, day, settings: this.settings } : null
  }

  /** The contract that is looked at; null = none. */
  get contract(): Contract | null {
    const key = this.host.state.optionsContract
    return key === null ? null : contractOf(key)
  }

  showChain(symbol: string, day: number | null): void {
    this.host.change({ optionsChain: { symbol, day } })
  }

  showContract(contract: Contract | null): void {
    this.host.change({ optionsContract: contract && contractKey(contract) })
  }

  /** Opens the desk's builder with these legs of the chain that is looked at. */
  build(legs: Leg[]): void {
    this.#handed = { legs, askedFor: true }
    this.host.change({ optionsTab: 'desk', optionsContract: null })
  }

  /** What was being built is still there when the builder comes back. */
  keepLegs(legs: Leg[]): void {
    if (legs.length > 0) this.#handed ??= { legs, askedFor: false }
  }

  /** What was handed over or kept, once. */
  takeLegs(): { legs: Leg[]; askedFor: boolean } | null {
    const handed = this.#handed
    this.#handed = null
    return handed
  }

  /** @param settings those that change; what equals the recommendation leaves the link */
  set(settings: Partial<StrikemapSettings>, options: { live?: boolean } = {}): void {
    const all = Object.entries({ ...this.settings, ...settings })
    const changed = all.filter(
      ([name, value]) => value !== recommendedStrikemap[name as keyof StrikemapSettings],
    )
    this.host.change({ strikemapSettings: Object.fromEntries(changed) }, options)
  }

  // ── Questions ───────────────────────────────────────────────────────────

  strikemap(query: ChainQuery): Promise<Outcome<Strikemap>> {
    return this.ask((api) => api.strikemap(query))
  }
  surface(query: ChainQuery): Promise<Outcome<SurfaceView>> {
    return this.ask((api) => api.chainSurface(query))
  }
  contractView(query: ChainQuery, contract: Contract): Promise<Outcome<ContractView>> {
    return this.ask((api) => api.optionContract({ ...query, ...contract }))
  }
  /** @param daysLater days after that of the chain at which the value is drawn besides today and expiry */
  structure(
    query: ChainQuery,
    legs: Leg[],
    contracts: number,
    daysLater: number,
  ): Promise<Outcome<StructureView>> {
    return this.ask((api) => api.optionStructure({ ...query, legs, contracts, daysLater }))
  }

  // ── Questions about the run of the settings ─────────────────────────────

  report(): Promise<Outcome<OptionsReport>> {
    return this.askRun((api, request) => api.optionsReport(request))
  }
  /** @param day epoch day; null = the last of the run */
  desk(day: number | null, daysLater: number): Promise<Outcome<OptionsDesk>> {
    return this.askRun((api, request) => api.optionsDesk(request, day, daysLater))
  }
  expressions(kinds: StructureKind[]): Promise<Outcome<Expressions>> {
    return this.askRun((api, request) => api.optionsExpressions(request, kinds))
  }
  combined(): Promise<Outcome<Combined>> {
    return this.askRun((api, request) => api.optionsCombined(request))
  }
}

function largest(underlyings: Underlying[]): Underlying | null {
  const most = (one: Underlying): number => one.contracts.at(-1) ?? 0
  return underlyings.reduce<Underlying | null>((a, b) => (a && most(a) >= most(b) ? a : b), null)
}
