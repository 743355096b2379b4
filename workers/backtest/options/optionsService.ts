import type { ChainTables } from '../../quant/chainTables.ts'
import type { Outcome, RunRequest } from '../api.ts'
import type { FinishedRun, LoadedPanel } from '../engine.ts'
import { failed, guarded } from '../outcome.ts'
import type { OptionsApi } from './contract.ts'
import { expressionsOf } from './expressions.ts'
import { optionsReport } from './optionsReport.ts'
import { statusOf } from './status.ts'

const noChains = failed('no-chains', 'There are no option quotes yet. Load a file of option chains.')
const later = failed('not-there', 'This part is not there yet.')

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
  strikemap: OptionsApi['strikemap'] = () => this.answer(() => later)
  chainSurface: OptionsApi['chainSurface'] = () => this.answer(() => later)
  optionContract: OptionsApi['optionContract'] = () => this.answer(() => later)
  // PRICING
  optionStructure: OptionsApi['optionStructure'] = () => this.answer(() => later)
  optionsDesk: OptionsApi['optionsDesk'] = (request) => this.answerRun(request, () => later)
  // LEAD
  optionsReport: OptionsApi['optionsReport'] = (request) =>
    this.answerRun(request, (run) => ({ ok: true, value: optionsReport(run) }))
  optionsExpressions: OptionsApi['optionsExpressions'] = (request, kinds) =>
    guarded(() => told(expressionsOf(request, kinds, this.tryOut)))
  optionsCombined: OptionsApi['optionsCombined'] = (request) => this.answerRun(request, () => later)

  /** @param about the chains; answers that need none come through `answerRun` */
  private answer<T>(about: (chains: ChainTables, panel: LoadedPanel) => Outcome<T>): Promise<Outcome<T>> {
    return guarded(() => {
      const panel = this.panel()
      const chains = panel?.panel.chains
      return panel && chains ? about(chains, panel) : noChains
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
