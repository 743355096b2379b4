import { eventStudy } from '../../quant/eventStudy.ts'
import type { Panel } from '../../quant/panel.ts'
import type { StudyDays, StudyFigures } from './contract.ts'
import { meanIntervals } from './meanIntervals.ts'
import { fewestEstimated, outOfPrices, tooFewDays, type StudiedEvent } from './placedEvents.ts'
import { studyMarket, studySeries, type StudySeries } from './studySeries.ts'
import { studyTests } from './studyTests.ts'

/** What is studied, on which prices. */
export interface StudiedData {
  panel: Panel
  /** Symbol; null, or one that is not loaded = QQQ, else the mean of all shares. */
  benchmark: string | null
  /** By day. */
  events: StudiedEvent[]
}

const farthest = 1000
const longestWindow = 250

/** What prices did around events, or a sentence why it cannot be asked so. */
export function studyOf(data: StudiedData, asked: StudyDays): StudyFigures | string {
  const problem = daysProblem(asked)
  if (problem) return problem
  const { events, series, leftOut } = eventsWithDays(data, asked)
  const { estimation, window } = asked
  const study = eventStudy({
    returns: series.map(({ returns }) => returns),
    market: series.map(({ market }) => market),
    firstDay: estimation[0],
    estimation,
    window,
    eventDays: events.map(({ at }) => at),
  })

  const length = window[1] - window[0] + 1
  const curves = study.abnormal.map((abnormal) => cumulated(abnormal, window[0] - estimation[0], length))
  const meanCar = meanOf(curves, length)
  const { low, high } =
    events.length > 0
      ? meanIntervals(
          curves,
          events.map(({ at }) => at),
        )
      : { low: meanCar, high: meanCar }
  return {
    events: events.length,
    leftOut,
    days: Int32Array.from({ length }, (_, i) => window[0] + i),
    meanAbnormal: meanCar.map((value, i) => value - (i > 0 ? meanCar[i - 1] : 0)),
    meanCar,
    carLow: low,
    carHigh: high,
    tests: studyTests(study),
    crossCorrelation: study.crossCorrelation,
    overlapping: overlapping(events, length),
    each: events.map(({ symbol, day }, i) => ({ symbol, day, car: study.car[i] })),
  }
}

/** Why a study cannot be made like this; '' where it can. */
function daysProblem({ estimation, window }: StudyDays): string {
  const whole = [...estimation, ...window].every((day) => Number.isInteger(day) && Math.abs(day) <= farthest)
  if (!whole) return `Days are whole numbers of at most ${farthest}.`
  if (window[1] < window[0]) return 'The window ends before it begins.'
  if (window[1] - window[0] >= longestWindow) return `The window has more than ${longestWindow} days.`
  if (estimation[1] >= window[0])
    return 'The estimation has to end before the window begins, or it takes what is studied for usual.'
  if (estimation[1] - estimation[0] + 1 < fewestEstimated)
    return `The estimation needs at least ${fewestEstimated} days.`
  return ''
}

/** The events that have days enough, with their returns, and how many of the others have which reason. */
function eventsWithDays(
  { panel, benchmark, events: all }: StudiedData,
  { from, to, estimation, window }: StudyDays,
): { events: StudiedEvent[]; series: StudySeries[]; leftOut: StudyFigures['leftOut'] } {
  const market = studyMarket(panel, benchmark)
  const reasons = new Map<string, number>()
  const seen = new Set<string>()
  const events: StudiedEvent[] = []
  const series: StudySeries[] = []
  for (const event of all) {
    const { share, at, day } = event
    const outside = (from !== null && day < from) || (to !== null && day > to)
    const without = outside ? 'Outside of the days chosen' : outOfPrices(panel, event)
    const found = without ? null : studySeries(panel, market, share, at + estimation[0], at + window[1])
    const few = found && tooFewDays(panel, event, found, estimation[0], { estimation, window })
    const twice = seen.has(`${share} ${at}`)
      ? 'Another of the same company on the same day counts already'
      : ''
    const why = without || few || twice
    if (found && !why) {
      seen.add(`${share} ${at}`)
      events.push(event)
      series.push(event.direction < 0 ? { ...found, returns: found.returns.map((each) => -each) } : found)
    } else {
      reasons.set(why, (reasons.get(why) ?? 0) + 1)
    }
  }
  const leftOut = [...reasons].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count)
  return { events, series, leftOut }
}

/** A day on which the share did not trade adds nothing. */
function cumulated(abnormal: Float64Array, from: number, length: number): Float64Array {
  let sum = 0
  return Float64Array.from({ length }, (_, i) => (sum += abnormal[from + i] || 0))
}

function meanOf(curves: Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length)
  for (const curve of curves) curve.forEach((value, i) => (sums[i] += value))
  return sums.map((sum) => sum / curves.length)
}

/** How many events share a day of their window with another. @param events by day */
function overlapping(events: StudiedEvent[], length: number): number {
  const days = events.map(({ at }) => at).sort((a, b) => a - b)
  return days.filter((day, i) => day - days[i - 1] < length || days[i + 1] - day < length).length
}
