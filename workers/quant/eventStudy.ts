import { corradoRank } from './events/corradoRank.ts'
import { meanCrossCorrelation } from './events/crossCorrelation.ts'
import { marketModel, type MarketModel } from './events/marketModel.ts'
import { mean, sampleDeviation } from './moments.ts'
import { normalCdf } from './normal.ts'
import { studentTwoSided } from './studentT.ts'

export interface EventStudyInput {
  /** [events][days] simple returns, aligned on event time and starting at `firstDay`; NaN = missing. */
  returns: ArrayLike<ArrayLike<number>>
  /** [events][days] the market's on the same days. */
  market: ArrayLike<ArrayLike<number>>
  /** Trading day relative to the event that the arrays start at, −120 say. */
  firstDay: number
  /** Days relative to the event, both included. */
  estimation: [from: number, to: number]
  window: [from: number, to: number]
  /**
   * [events] where day 0 lies in a common calendar of trading days; absent = all events on one day. Only the
   * cross-correlation depends on it.
   */
  eventDays?: ArrayLike<number>
}

export interface EventStudy {
  /** [events] of the market model; NaN where the estimation has too few days. */
  alpha: Float64Array
  beta: Float64Array
  /** [events][days] abnormal returns of all days given. */
  abnormal: Float64Array[]
  /** [events] sum over the window; a missing day adds nothing, NaN where all are missing. */
  car: Float64Array
  /** Two-sided p: normal for z, Student's t with events − 1 degrees for t. */
  patell: { z: number; p: number }
  bmp: { t: number; p: number }
  kolariPynnonen: { t: number; p: number }
  corrado: { z: number; p: number }
  /** Mean correlation of the events' abnormal returns that Kolari and Pynnönen correct by. */
  crossCorrelation: number
  /** Events that the tests are of: five estimation days, some variation, and a day in the window at least. */
  tested: number
}

/**
 * An event study by the market model, estimated by ordinary least squares for every event, with four tests of
 * whether the abnormal returns of the window are nought:
 *
 * - Patell, "Corporate forecasts of earnings per share and stock price behavior", J. Accounting Research 14
 *   (1976): sᵢ = Σ standardised abnormal returns ÷ √(k (L − 2) ÷ (L − 4)) over the k days of the window,
 *   z = Σ sᵢ ÷ √events.
 * - Boehmer, Musumeci & Poulsen, "Event-study methodology under conditions of event-induced variance", J.
 *   Financial Economics 30 (1991): t = mean of sᵢ ÷ (sample deviation of sᵢ ÷ √events); NaN of one event.
 * - Kolari & Pynnönen, "Event study testing with cross-sectional correlation of abnormal returns", Review of
 *   Financial Studies 23 (2010): that t × √((1 − r̄) ÷ (1 + (events − 1) r̄)).
 * - Corrado, "A nonparametric test for abnormal security-price performance in event studies", ibid. 23 (1989).
 *
 * Days that are missing (NaN) in either series are left out of the estimation, the window and the ranks of
 * their event alone. Throws a RangeError where the ranges do not lie within the days given or the arrays do not
 * belong together.
 */
export function eventStudy(input: EventStudyInput): EventStudy {
  const { returns, market, firstDay, eventDays } = input
  checkShapes(input)
  const estimation = { from: input.estimation[0] - firstDay, to: input.estimation[1] - firstDay }
  const window = { from: input.window[0] - firstDay, to: input.window[1] - firstDay }
  const models = Array.from(returns, (each, i) =>
    marketModel(each, market[i], estimation.from, estimation.to),
  )
  const abnormal = models.map((model) => model.abnormal)
  const scaled = models.map((model) => standardisedSum(model, window.from, window.to))
  const tested = [...models.keys()].filter((i) => Number.isFinite(scaled[i]))
  const sums = tested.map((i) => scaled[i])
  const events = tested.length

  const patell = sums.reduce((sum, each) => sum + each, 0) / Math.sqrt(events)
  const bmp = mean(sums) / (sampleDeviation(sums) / Math.sqrt(events))
  const crossCorrelation = meanCrossCorrelation(
    tested.map((i) => ({ abnormal: abnormal[i], at: eventDays?.[i] ?? 0 })),
    estimation,
    window.to - window.from + 1,
  )
  const corrected = bmp * Math.sqrt((1 - crossCorrelation) / (1 + (events - 1) * crossCorrelation))
  const corrado = corradoRank(
    tested.map((i) => abnormal[i]),
    window.from,
    window.to,
  )
  const normal = (z: number) => ({ z, p: 2 * normalCdf(-Math.abs(z)) })
  const student = (t: number) => ({ t, p: studentTwoSided(t, events - 1) })
  return {
    alpha: Float64Array.from(models, ({ alpha }) => alpha),
    beta: Float64Array.from(models, ({ beta }) => beta),
    abnormal,
    car: Float64Array.from(abnormal, (each) => sumOf(each, window.from, window.to).sum),
    patell: normal(patell),
    bmp: student(bmp),
    kolariPynnonen: student(corrected),
    corrado: normal(corrado),
    crossCorrelation,
    tested: events,
  }
}

/** The standardised abnormal returns of a window, summed and scaled to a variance of 1 under the null. */
function standardisedSum({ standardised, estimated }: MarketModel, from: number, to: number): number {
  const { sum, days } = sumOf(standardised, from, to)
  return estimated > 4 ? sum / Math.sqrt((days * (estimated - 2)) / (estimated - 4)) : NaN
}

function sumOf(values: Float64Array, from: number, to: number): { sum: number; days: number } {
  let sum = 0
  let days = 0
  for (let day = from; day <= to; day++) {
    if (!(day < values.length) || Number.isNaN(values[day])) continue
    sum += values[day]
    days++
  }
  return days > 0 ? { sum, days } : { sum: NaN, days }
}

function checkShapes({ returns, market, firstDay, estimation, window, eventDays }: EventStudyInput): void {
  const events = returns.length
  if (market.length !== events || (eventDays && eventDays.length !== events))
    throw new RangeError('Every event needs a series of its own and one of the market.')
  let days = 0
  for (let i = 0; i < events; i++) {
    if (market[i].length !== returns[i].length)
      throw new RangeError('An event and its market have different numbers of days.')
    days = Math.max(days, returns[i].length)
  }
  for (const [name, [from, to]] of Object.entries({ estimation, window })) {
    const inside = from >= firstDay && from <= to && (events === 0 || to < firstDay + days)
    if (!inside || !Number.isInteger(from - firstDay) || !Number.isInteger(to - firstDay))
      throw new RangeError(`The ${name}, ${from} to ${to}, does not lie within the days given.`)
  }
}
