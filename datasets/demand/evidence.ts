import { log } from '../../workers/quant/elementary.ts'
import { OWN_GARCH } from '../parameters.ts'
import type { DemandTables } from './demandTables.ts'
import { BACKGROUND, SIGN_WITHIN, type SpellSigns } from './spells.ts'

/** Log likelihood ratio of a negative binomial count whose mean is multiplied by `factor`. */
export function countRatio(count: number, mean: number, size: number, factor: number): number {
  return count * log(factor) - (count + size) * log((size + mean * factor) / (size + mean))
}

/** How the oracle sees returns: t with so many degrees of freedom, variance 1. */
const FREEDOM = OWN_GARCH.freedom
const INFORMATION = ((FREEDOM + 1) * FREEDOM) / ((FREEDOM + 3) * (FREEDOM - 2))

/** Log likelihood ratio of a small shift of the mean of a return of z deviations, to second order. */
export function returnRatio(z: number, shift: number): number {
  const score = ((FREEDOM + 1) * z) / (FREEDOM - 2 + z * z)
  return score * shift - 0.5 * INFORMATION * shift * shift
}

/** What happened to one company on one calendar day, besides counts. */
export interface Marks {
  incident: boolean
  badNews: boolean
  goodNews: boolean
  release: boolean
}

export const NO_MARKS: Marks = { incident: false, badNews: false, goodNews: false, release: false }

/** By position among the covered × calendar days. All are known on the next day at the latest. */
export function marksByDay({ firstDay, calendarDays, covered, incidents, news, releases }: DemandTables) {
  const marks = new Map<number, Marks>()
  const mark = (symbol: number, day: number, what: keyof Marks) => {
    const key = covered.indexOf(symbol) * calendarDays + day
    marks.set(key, { ...(marks.get(key) ?? NO_MARKS), [what]: true })
  }
  for (const { symbol, started } of incidents) {
    mark(symbol, Math.floor(started / 1440) - firstDay, 'incident')
  }
  for (const { symbol, published, sentiment } of news) {
    if (Math.abs(sentiment) < DULL) continue
    mark(symbol, Math.floor(published / 1440) - firstDay, sentiment < 0 ? 'badNews' : 'goodNews')
  }
  for (const { symbol, day } of releases) mark(symbol, day, 'release')
  return marks
}
/** News with less sentiment than this says nothing. */
const DULL = 0.2

/** The marks of a spell that have come, each at most once. */
export interface SeenMarks {
  incident: boolean
  news: boolean
  release: boolean
}

/** Log likelihood ratio of the marks of the calendar day that is `since` days after a spell's start. */
export function marksRatio(signs: SpellSigns, since: number, marks: Marks, seen: SeenMarks): number {
  const good = signs.sign > 0
  const news = good ? marks.goodNews : marks.badNews
  const newsRate = good ? BACKGROUND.goodNews : BACKGROUND.badNews
  let ratio = 0
  if (!seen.incident) {
    ratio += markRatio(marks.incident, since, signs.incident, SIGN_WITHIN.incident, BACKGROUND.incidents)
  }
  if (!seen.news) ratio += markRatio(news, since, signs.news, SIGN_WITHIN.news, newsRate)
  if (!seen.release) {
    ratio += markRatio(marks.release, since, signs.release, SIGN_WITHIN.release, BACKGROUND.releases)
  }
  seen.incident ||= marks.incident
  seen.news ||= news
  seen.release ||= marks.release
  return ratio
}

function markRatio(seen: boolean, since: number, chance: number, within: number, rate: number): number {
  if (since >= within || chance === 0) return 0
  const background = rate / 365
  // The chance that it comes today, given that it has not come yet.
  const today = chance / within / (1 - (chance * since) / within)
  const either = today + background - today * background
  return seen ? log(either / background) : log((1 - either) / (1 - background))
}
