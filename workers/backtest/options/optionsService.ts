import type { ChainTables } from '../../quant/chainTables.ts'
import type { Outcome, RunRequest } from '../api.ts'
import type { FinishedRun, LoadedPanel } from '../engine.ts'
import { failed, guarded } from '../outcome.ts'
import { readingsOf, type ChainReadings } from './chainReadings.ts'
import type { ChainQuery, OptionsApi } from './contract.ts'
import { contractView } from './contractView.ts'
import { combinedOf } from './combined.ts'
import { optionsDesk } from './desk.ts'
import { expressionsOf } from './expressions.ts'
import { optionsReport } from './optionsReport.ts'
import { statusOf } from './status.ts'
import { strikemap } from './strikemap.ts'
import { structureView } from './structureView.ts'
import { surfaceView } from './surface.ts'

const noChains = failed('no-chains', 'There are no option quotes yet. Load a file of option chains.')
const noChain = failed('no-chain', 'There is no chain of this underlying and day. Choose another day.')
const noContract = failed('no-contract', 'The chain of this day does not list this contract. Choose another.')

/** Answers about the option chains of the panel in use, and about runs in options. */
export class OptionsService implements OptionsApi {
  /**
   * @param panel in use
   * @param runOf the run of a request, computed where it is not the newest; a sentence where it cannot be run
   * @param tryOut the same for a run that is only looked at in passing, and charged as a trial all the same
   */
  constructor(
    private readonly panel: () => LoadedPanel | null,
    private readonly runOf: (request: RunRequest) => FinishedRun | string,
    private readonly tryOut: (request: RunRequest) => FinishedRun | string,
  ) {}

  // DATA
  optionsStatus: OptionsApi['optionsStatus'] = () =>
    guarded(() => {
      const panel = this.panel()
      return panel ? { ok: true, value: statusOf(panel.panel.chains) } : noChains
    })
  // SMILES
  strikemap: OptionsApi['strikemap'] = (query) =>
    this.answerChain(query, (chains, slice) => ({ ok: true, value: strikemap(chains, slice, query) }))
  chainSurface: OptionsApi['chainSurface'] = (query) =>
    this.answerChain(query, (chains, slice) => ({ ok: true, value: surfaceView(chains, slice, query) }))
  optionContract: OptionsApi['optionContract'] = async (query) => {
    const followed = await this.answerChain(query, (chains, slice, panel) => {
      const value = contractView(chains, slice, panel.panel, query)
      return value ? { ok: true, value } : noContract
    })
    if (!followed.ok) return followed
    const { expiry, strike, right } = query
    const structure = await this.optionStructure({
      ...query,
      legs: [{ right, quantity: 1, strike, expiry }],
      contracts: 1,
      daysLater: Math.round((expiry - query.day) / 2),
    })
    return structure.ok ? { ok: true, value: { ...followed.value, structure: structure.value } } : structure
  }
  // PRICING
  optionStructure: OptionsApi['optionStructure'] = (query) =>
    this.answerChain(query, (chains, slice) => structureView(chains, slice, query))
  optionsDesk: OptionsApi['optionsDesk'] = (request, day, daysLater) =>
    this.answerRun(request, (run) => optionsDesk(run, day, daysLater))
  // LEAD
  optionsReport: OptionsApi['optionsReport'] = (request) =>
    this.answerRun(request, (run) => ({ ok: true, value: optionsReport(run) }))
  optionsExpressions: OptionsApi['optionsExpressions'] = (request, kinds) =>
    guarded(() => told(expressionsOf(request, kinds, this.tryOut)))
  optionsCombined: OptionsApi['optionsCombined'] = (request) =>
    this.answerRun(request, (run) => ({ ok: true, value: combinedOf(run, request, this.tryOut) }))

  /** @param about the chains; answers that need none come through `answerRun` */
  private answer<T>(about: (chains: ChainTables, panel: LoadedPanel) => Outcome<T>): Promise<Outcome<T>> {
    return guarded(() => {
      const panel = this.panel()
      const chains = panel?.panel.chains
      return panel && chains ? about(chains, panel) : noChains
    })
  }

  /** @param about the chain of the underlying and day of the query */
  private answerChain<T>(
    { symbol, day }: ChainQuery,
    about: (chains: ChainReadings, slice: number, panel: LoadedPanel) => Outcome<T>,
  ): Promise<Outcome<T>> {
    return this.answer((chains, panel) => {
      const readings = readingsOf(chains)
      const slice = readings.find(symbol, day)
      return slice < 0 ? noChain : about(readings, slice, panel)
    })
  }

  private answerRun<T>(request: RunRequest, about: (run: FinishedRun) => Outcome<T>): Promise<Outcome<T>> {
    return guarded(() => {
      const run = this.runOf(request)
      return typeof run === 'string' ? failed('cannot-run', run) : about(run)
    })
  }
}

/** An answer, or the sentence that says why there is none. */
const told = <T>(answer: T | string): Outcome<T> =>
  typeof answer === 'string' ? failed('cannot-answer', answer) : { ok: true, value: answer }
