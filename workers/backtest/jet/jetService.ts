import type { RowScorer, ScoringModel } from '../../quant/rows.ts'
import type { Outcome } from '../api.ts'
import { failed, guarded } from '../outcome.ts'
import { coLocations } from './coLocation.ts'
import type { JetApi, JetStatus, RowSource } from './contract.ts'
import { eventTimeline } from './events.ts'
import { explainRow } from './explain.ts'
import type { JetMarket } from './jetMarket.ts'
import { flightMap } from './map.ts'
import { nowOf } from './now.ts'
import { scoreChanged, type Scored } from './scoreChanged.ts'
import { runEventStudy } from './study.ts'
import type { SignalDay } from '../study/placedEvents.ts'
import { thresholdsOf } from './thresholds.ts'
import { visitMatrix } from './visitMatrix.ts'
import { companyYear } from './year.ts'

const noFlights = failed('no-flights', 'There are no flights yet. Open Jet, or load a file of flights.')
const noScorer = failed('no-model', 'The worker of the models has not been started. Open Jet again.')

export type JetAnswers = Omit<JetApi, 'connectModels'>

/** Answers about the flights of the panel in use. */
export class JetService implements JetAnswers {
  private scorer: RowScorer | null = null
  /** What the model that came with the page said last, of whichever flights: others change under their name. */
  private packaged: Scored | null = null

  /**
   * @param market of the panel in use; null without flights
   * @param signalsOf panel days and symbols of the newest run of Jet, for studies around signals
   * @param changed called when runs would come out otherwise than before
   */
  constructor(
    private readonly market: () => JetMarket | null,
    private readonly signalsOf: () => SignalDay[],
    private readonly changed: () => void,
  ) {}

  useScorer(scorer: RowScorer): void {
    this.scorer = scorer
  }

  readonly source: RowSource = {
    dataset: () => this.answer((market) => market.dataset),
  }

  jetStatus(): Promise<Outcome<JetStatus>> {
    return this.answer(statusOf)
  }

  jetScore(model: ScoringModel): Promise<Outcome<JetStatus>> {
    return this.answerLater(async (market) => {
      const { scorer } = this
      if (!scorer) return noScorer
      const began = performance.now()
      const { rows, dataset } = market
      const scores = await scoreChanged(scorer, model.id, rows, dataset.entity, this.packaged)
      if (market !== this.market()) return failed('superseded', 'Other flights took the place of these.')
      if (model.packaged) this.packaged = { model: model.id, rows, scores }
      market.take(model, scores, performance.now() - began)
      this.changed()
      return { ok: true, value: statusOf(market) }
    })
  }

  flightMap: JetAnswers['flightMap'] = () => this.answer(({ work, simulated }) => flightMap(work, simulated))

  companyYear: JetAnswers['companyYear'] = (symbol, year) =>
    this.answerLater(({ work }) => companyYear(work, symbol, year))

  coLocations: JetAnswers['coLocations'] = (first, second, limit) =>
    this.answerLater(({ work }) => coLocations(work, first, second, limit))

  visitMatrix: JetAnswers['visitMatrix'] = (from, to) =>
    this.answer(({ work }) => visitMatrix(work, from, to))

  eventTimeline: JetAnswers['eventTimeline'] = () =>
    this.answer(({ panel, tables, benchmark }) => eventTimeline({ panel, tables, benchmark }))

  eventStudy: JetAnswers['eventStudy'] = (request) =>
    this.answerLater(({ panel, tables, benchmark }) => {
      const result = runEventStudy({ panel, tables, benchmark, signals: this.signalsOf() }, request)
      return typeof result === 'string' ? failed('cannot-study', result) : { ok: true, value: result }
    })

  jetThresholds: JetAnswers['jetThresholds'] = (model) =>
    this.answerLater((market) => {
      const scored = market.scoredBy(model)
      return scored
        ? { ok: true, value: thresholdsOf(market, scored) }
        : failed('no-model', 'This model has not scored these flights yet.')
    })

  jetNow: JetAnswers['jetNow'] = (model) => this.answer((market) => nowOf(market, market.scoredBy(model)))

  jetExplain: JetAnswers['jetExplain'] = (model, row) =>
    this.answerLater(async (market) => {
      if (!this.scorer) return noScorer
      if (!(row >= 0 && row < market.rows.rows)) return failed('no-row', 'There is no such row any more.')
      return { ok: true, value: await explainRow(market, this.scorer, model, row) }
    })

  private answer<T>(about: (market: JetMarket) => T): Promise<Outcome<T>> {
    return this.answerLater((market) => ({ ok: true, value: about(market) }))
  }

  private answerLater<T>(
    about: (market: JetMarket) => Outcome<T> | Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    return guarded(() => {
      const market = this.market()
      return market ? about(market) : noFlights
    })
  }
}

function statusOf({ data, dataset, tables, panel, scored }: JetMarket): JetStatus {
  const { rows, visits } = data
  return {
    rows: rows.rows,
    visits: visits.length,
    companyWeeks: rows.rows - visits.length,
    legs: tables.flights.tail.length,
    companies: new Set(rows.company).size,
    datasetHash: dataset.hash,
    split: {
      validationFrom: dataset.split.validationFrom,
      testFrom: dataset.split.testFrom,
      to: panel.dates[panel.dates.length - 1],
    },
    models: [...scored.values()].map(({ model }) => model),
    problems: tables.problems,
  }
}
