import type { Outcome, RunRequest } from '../api.ts'
import type { FinishedRun } from '../engine.ts'
import { failed, guarded } from '../outcome.ts'
import type { TicketsParams } from '../../systems/ticketsParams.ts'
import { ticketAnomalies } from './anomalies.ts'
import { anomalyStudy } from './anomalyStudy.ts'
import { ticketBands } from './bands.ts'
import { budgetReport } from './budgetReport.ts'
import { ticketCandidates } from './candidates.ts'
import type { TicketsApi } from './contract.ts'
import { knowledgeCalendar } from './knowledge.ts'
import { statusOf } from './status.ts'
import { riskBoard } from '../board/riskBoard.ts'
import { ticketMarks } from './marks.ts'
import type { TicketsMarket } from './ticketsMarket.ts'
import { productTimeline } from './timeline.ts'
import { whatIf } from './whatIf.ts'

const noTickets = failed('no-tickets', 'There are no tickets yet. Open Tickets, or load a file of tickets.')

/** Answers about the tickets of the panel in use. */
export class TicketsService implements TicketsApi {
  /**
   * @param market of the panel in use; null without tickets
   * @param runOf the run of a request, computed where it is not the newest; a sentence where it cannot be run
   * @param tryOut the same for a run that is only looked at in passing, and charged as a trial all the same
   */
  constructor(
    private readonly market: () => TicketsMarket | null,
    private readonly runOf: (request: RunRequest) => FinishedRun | string,
    private readonly tryOut: (request: RunRequest) => FinishedRun | string,
  ) {}

  ticketsStatus: TicketsApi['ticketsStatus'] = () =>
    this.answer((market) => ({ ok: true, value: statusOf(market) }))
  ticketAnomalies: TicketsApi['ticketAnomalies'] = (params) =>
    this.answer((market) => ({ ok: true, value: ticketAnomalies(market, params as TicketsParams) }))
  ticketBands: TicketsApi['ticketBands'] = (params, products, from, to) =>
    this.answer((market) => ({
      ok: true,
      value: ticketBands(market, params as TicketsParams, products, from, to),
    }))
  ticketMarks: TicketsApi['ticketMarks'] = () =>
    this.answer(({ tables }) => ({ ok: true, value: ticketMarks(tables) }))
  ticketCandidates: TicketsApi['ticketCandidates'] = (params, from, to, limit) =>
    this.answer((market) => ({ ok: true, value: ticketCandidates(market, params, from, to, limit) }))
  productTimeline: TicketsApi['productTimeline'] = (request, product, from, to) =>
    this.answerRun(request, (market, run) => ({
      ok: true,
      value: productTimeline(market, run, request.params as TicketsParams, product, from, to),
    }))
  knowledgeCalendar: TicketsApi['knowledgeCalendar'] = (params, symbol, from, to) =>
    this.answer((market) => told(knowledgeCalendar(market, params, symbol, from, to)))
  riskBoard: TicketsApi['riskBoard'] = (request, day) =>
    this.answerRun(request, (_, run) => ({ ok: true, value: riskBoard(run, day) }))
  budgetReport: TicketsApi['budgetReport'] = (request) =>
    this.answerRun(request, (_, run) => ({ ok: true, value: budgetReport(run) }))
  ticketWhatIf: TicketsApi['ticketWhatIf'] = (request, param, values) =>
    this.answerRun(request, (market, run) => told(whatIf(run, market, param, values, this.tryOut)))
  anomalyStudy: TicketsApi['anomalyStudy'] = (params, request) =>
    this.answer((market) => told(anomalyStudy(market, params, request)))

  private answer<T>(about: (market: TicketsMarket) => Outcome<T>): Promise<Outcome<T>> {
    return guarded(() => {
      const market = this.market()
      return market ? about(market) : noTickets
    })
  }

  private answerRun<T>(
    request: RunRequest,
    about: (market: TicketsMarket, run: FinishedRun) => Outcome<T>,
  ): Promise<Outcome<T>> {
    return this.answer((market) => {
      const run = this.runOf(request)
      return typeof run === 'string' ? failed('cannot-run', run) : about(market, run)
    })
  }
}

/** An answer, or the sentence that says why there is none. */
const told = <T>(answer: T | string): Outcome<T> =>
  typeof answer === 'string' ? failed('cannot-answer', answer) : { ok: true, value: answer }
