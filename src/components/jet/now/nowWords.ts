import type { Explanation, Now, NowRow } from '../../../../workers/backtest/api.ts'
import { count, date, number, percent } from '../../../charts/format.ts'

/** “Thursday, 12 Dec 2024”. */
export function dayWords(epochDay: number): string {
  const weekday = new Date(epochDay * 86_400_000).toLocaleDateString('en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  })
  return `${weekday}, ${date(epochDay)}`
}

/** Minutes since the epoch → “12 Dec 2024, 14:05”; UTC. */
export function timeWords(minutes: number): string {
  if (!Number.isFinite(minutes)) return 'not told'
  return `${date(Math.floor(minutes / 1440))}, ${clock(minutes)}`
}

/** Minutes since the epoch → “14:05”; UTC. */
export function clock(minutes: number): string {
  return Number.isFinite(minutes) ? new Date(minutes * 60_000).toISOString().slice(11, 16) : '–'
}

/** What a row is about: “Acme at Borealis”, “Acme, its week”. */
export function subjectWords({ kind, companyName, visitedName }: NowRow): string {
  return kind === 'visit' ? `${companyName} at ${visitedName}` : `${companyName}, its week`
}

/** “above 94 % of the past year”; '' where nothing is scored. */
export function rankWords({ rank }: NowRow): string {
  return Number.isFinite(rank) ? `above ${percent(rank, { digits: 0 })} of the past year` : ''
}

export function depthWords({ depth }: NowRow): string {
  return depth > 0 ? `after ${count(depth, 'segment')}` : ''
}

/** “38 ms”, “2.4 s”. */
function timeTaken(milliseconds: number): string {
  if (milliseconds < 1) return 'less than 1 ms'
  return milliseconds < 1_000
    ? `${number(milliseconds, { digits: 0 })} ms`
    : `${number(milliseconds / 1_000, { digits: 1 })} s`
}

/** “14 visits and 36 companies, scored by HRM in 38 ms”. */
export function scoredWords({ rows, model, milliseconds }: Now): string {
  const visits = rows.filter(({ kind }) => kind === 'visit').length
  const what = [
    ...(visits > 0 ? [count(visits, 'visit')] : []),
    ...(rows.length > visits ? [count(rows.length - visits, 'company', 'companies')] : []),
  ].join(' and ')
  if (!model) return `${what}, scored by no model`
  return `${what}, scored by ${model.name} in ${timeTaken(milliseconds)}`
}

/** What can be said of the legs against random ones. */
export function occlusionWords({ legs, random }: Explanation): string {
  if (legs.length === 0) return 'No leg was among what the model looked at.'
  const clear = legs.filter(({ moved }) => Math.abs(moved) > random.high).length
  const than = `than 95 % of random legs do (${number(random.high, { digits: 3 })})`
  if (clear === 0)
    return `No leg moves the decision more ${than}: it rests on all of them together, or on the weeks before.`
  return `${number(clear, { digits: 0 })} of ${count(legs.length, 'leg')} ${clear === 1 ? 'moves' : 'move'} the decision more ${than}.`
}

/** “LSZH to KTEB” */
export function legWords({ origin, destination }: Explanation['legs'][number]): string {
  return `${origin || 'unknown'} to ${destination || 'unknown'}`
}

/** “N650GS, 12 Dec 2024, 14:05” */
export function legDetails({ registration, departed }: Explanation['legs'][number]): string {
  return `${registration}, ${timeWords(departed)}`
}
