import type { StudyDays, StudyFigures } from '../../../workers/backtest/api.ts'
import { dayText } from '../../charts/carCurveOption.ts'
import { count, percent, probability, typeset } from '../../charts/format.ts'

/** What can be studied. */
export interface AroundOption<T extends string> {
  value: T
  label: string
  /** One of them, and several, in words. */
  one: string
  several: string
}

/** A study with what it was asked for. */
export type Study<T extends string = string> = StudyFigures & { request: StudyDays & { around: T } }

/** Below this a test calls it unlikely that nothing happened. */
export const significant = 0.05

/** What came of a study, in one sentence; the interval belongs to it. */
export function studySentence(result: Study, { one, several }: AroundOption<string>): string {
  const { events, request, meanCar, carLow, carHigh } = result
  const last = meanCar.length - 1
  const noun = count(events, one, several)
  const moved = `${percent(meanCar[last], { digits: 2, signed: true })} beyond what the market explains`
  const interval = Number.isFinite(carLow[last])
    ? ` (95 % interval ${percent(carLow[last], { digits: 2, signed: true })} to ${percent(carHigh[last], { digits: 2, signed: true })})`
    : ''
  const days =
    request.window[0] === request.window[1]
      ? `On day ${dayText(request.window[0])}`
      : `From day ${dayText(request.window[0])} to day ${dayText(request.window[1])}`
  return typeset(`${days} around ${noun}, prices moved by ${moved}${interval}.`)
}

/** What the tests make of it together, led by the one that allows for most. */
export function testsSentence({ tests, events }: StudyFigures): string {
  const fair = tests.find(({ id }) => id === 'kolari-pynnonen')
  const known = tests.filter(({ p }) => Number.isFinite(p))
  if (known.length === 0 || !fair) return ''
  if (!Number.isFinite(fair.p))
    return events === 1
      ? 'One event alone cannot show how much events differ: only two of the tests can be made.'
      : 'The test that allows for events that share days cannot be made of these.'
  const low = known.filter(({ p }) => p < significant).length
  const p = fair.p < 0.001 ? `p ${probability(fair.p)}` : `p = ${probability(fair.p)}`
  if (fair.p < significant)
    return `${low === known.length ? 'All tests agree' : 'The test that allows for most agrees'} that this is unlikely to be chance (Kolari & Pynnönen, ${p}).`
  return low > 0
    ? `Once noisier days and shared days are allowed for, it may well be chance (Kolari & Pynnönen, ${p}); tests that do not allow for them disagree.`
    : `It may well be chance (Kolari & Pynnönen, ${p}).`
}

/** Why there is nothing to show, and what to do. @param none where there is nothing to be studied */
export function emptyWords({ leftOut }: StudyFigures, none: string): string {
  return leftOut.length > 0
    ? 'None of the events can be studied like this. Choose another kind, or days that the prices reach.'
    : none
}
