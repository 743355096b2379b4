import { exp, log } from '../../workers/quant/elementary.ts'
import { SENTIMENTS, type Customers } from './customers.ts'
import type { DemandTables } from './demandTables.ts'
import { countRatio, marksRatio, NO_MARKS, returnRatio, type Marks, type SeenMarks } from './evidence.ts'
import { answerReturns, type DemandWorld } from './demandWorld.ts'
import { burstShape, SPELL_DAYS, SPELL_SIGNS, uptakeShape, type SpellSigns } from './spells.ts'

/** Parameters of the generator, the fate of the world left out. */
export type KnownWorld = Pick<DemandWorld, 'trouble' | 'wave' | 'growth' | 'meanGap'>

/** What is expected of a company at the close of a day, if the edge is whole. */
export interface Outlook {
  /** Expected log return of the next ten days, and of the ten days from the day after the next. */
  next: number
  later: number
}

/** Follows one company through its rows. */
export interface CompanyWatch {
  /** Expected log return of a day from the spells that may have begun. */
  foretold(day: number): number
  /** Weighs the spells by the return that came, z deviations of size `sd`. */
  weighReturn(day: number, z: number, sd: number, edge: number): void
  /** Reads the rows of calendar days `from` to `to` − 1; a spell may have begun on the first, trading day `day`. */
  readRows(from: number, to: number, day: number): void
  outlook(day: number): Outlook
}

/** A kind of spell at one severity, as the oracle imagines it. */
interface Script {
  signs: SpellSigns
  /** Expected log return by trading days since it began; empty where it foretells nothing. */
  returns: Float64Array
  /** Rises at the peak, in the order of `SENTIMENTS`, and of downloads. */
  rises: number[]
  uptake: number
  length: number
  /** Log of the chance that it begins on a day. */
  prior: number
}

/** “A spell after this script began on that day.” */
interface Story {
  script: Script
  /** Index of the trading day, and calendar day, on which it began. */
  day: number
  start: number
  seen: SeenMarks
  /** Log odds against “no spell began”. */
  odds: number
}

/** Severities tried for each kind, as positions in its range. */
const SEVERITIES = [1, 3, 5, 7].map((k) => k / 8)
/** Calendar days after which tickets have nothing more to say about a story, and trading days it is kept. */
const TELLING = 16
const KEPT = 35
/** Stories less likely than this are dropped. */
const UNLIKELY = 3e-4
/** Deviations above the usual number of tickets that make a day worth a story. */
const SUSPICIOUS = 1.2
/** A day's say in what is usual, while no spell is suspected. */
const LEVEL_RATE = 0.06

export function imaginedScripts(world: KnownWorld): Script[] {
  const prior = 1 / (world.meanGap + SPELL_DAYS)
  return Object.entries(SPELL_SIGNS).flatMap(([kind, signs]) =>
    SEVERITIES.map((position) => {
      const severity = signs.severity.from + (signs.severity.to - signs.severity.from) * position
      const growth = world.growth * severity
      const tells = kind === 'trouble' || kind === 'wave'
      const answer = tells ? answerReturns(world[kind]).map((value) => signs.sign * severity * value) : []
      const lag = tells ? world[kind].lag : 0
      return {
        signs,
        returns: Float64Array.from([...Array<number>(lag).fill(0), ...answer]),
        rises: SENTIMENTS.map((sentiment) => growth * signs.rise[sentiment]),
        uptake: growth * signs.rise.downloads,
        length: (signs.length.from + signs.length.to) / 2,
        prior: log((prior * signs.share) / SEVERITIES.length),
      }
    }),
  )
}

/**
 * @param i position among the covered
 * @param pattern [calendar days] see `usualPattern`
 * @param marks see `marksByDay`
 */
export function watchCompany(
  { calendarDays, tickets, downloads }: DemandTables,
  i: number,
  customers: Customers,
  pattern: Float64Array,
  marks: Map<number, Marks>,
  scripts: readonly Script[],
): CompanyWatch {
  const sizes = SENTIMENTS.map((sentiment) => customers.tickets[sentiment].size)
  /** Tickets and downloads of an ordinary day, followed as they shift. */
  const levels = SENTIMENTS.map((sentiment) => customers.tickets[sentiment].usual)
  let downloadLevel = customers.downloads.usual
  let stories: Story[] = []

  return { foretold, weighReturn, readRows, outlook }

  function foretold(day: number): number {
    let sum = 0
    for (const story of stories) {
      const value = returnOf(story, day)
      if (value !== 0) sum += exp(story.odds) * value
    }
    return sum === 0 ? 0 : sum / evens(stories)
  }

  function weighReturn(day: number, z: number, sd: number, edge: number): void {
    for (const story of stories) {
      const value = returnOf(story, day)
      if (value !== 0) story.odds += returnRatio(z, (edge * value) / sd)
    }
  }

  function readRows(from: number, to: number, day: number): void {
    for (let at = from; at < to; at++) {
      const counts = SENTIMENTS.map((_, k) => tickets[(i * SENTIMENTS.length + k) * calendarDays + at])
      const means = levels.map((level) => level * pattern[at])
      const uptake = log(downloads[i * calendarDays + at] / (downloadLevel * pattern[at]))
      if (at === from) suspect(counts, means, day, at)
      for (const story of stories) {
        const since = at - story.start
        if (since > TELLING) continue
        story.odds += marksRatio(
          story.script.signs,
          since,
          marks.get(i * calendarDays + at) ?? NO_MARKS,
          story.seen,
        )
        story.odds += rowsRatio(story, since, counts, means, uptake)
      }
      const rate = LEVEL_RATE * (0.15 + 0.85 / evens(stories))
      for (let k = 0; k < levels.length; k++) {
        const ratio = Math.min(3, counts[k] / means[k])
        levels[k] *= 1 + rate * (ratio - 1)
      }
      downloadLevel *= 1 + rate * (Math.min(3, exp(uptake)) - 1)
    }
    const all = evens(stories)
    stories = stories.filter((story) => day - story.day < KEPT && exp(story.odds) > UNLIKELY * all)
  }

  /** Stories begin on a day with more tickets of their sign than usual. */
  function suspect(counts: readonly number[], means: readonly number[], day: number, at: number): void {
    const excess = (k: number) =>
      (counts[k] - means[k]) / Math.sqrt(means[k] + (means[k] * means[k]) / sizes[k])
    const negative = excess(SENTIMENTS.indexOf('negative')) > SUSPICIOUS
    const positive = excess(SENTIMENTS.indexOf('positive')) > SUSPICIOUS
    for (const script of scripts) {
      if (!(script.signs.sign > 0 ? positive : negative)) continue
      const seen = { incident: false, news: false, release: false }
      stories.push({ script, day, start: at, seen, odds: script.prior })
    }
  }

  /** Log likelihood ratio of the counts of one calendar day. */
  function rowsRatio(
    { script: { rises, uptake: peak, length } }: Story,
    since: number,
    counts: readonly number[],
    means: readonly number[],
    uptake: number,
  ): number {
    let ratio = 0
    const shape = burstShape(since, length)
    for (let k = 0; shape > 0 && k < rises.length; k++) {
      if (rises[k] > 0) ratio += countRatio(counts[k], means[k], sizes[k], 1 + rises[k] * shape)
    }
    const taken = peak * uptakeShape(since, length)
    if (taken > 0) {
      const shift = log(1 + taken) / customers.downloads.noise
      const seen = uptake / customers.downloads.noise
      ratio += Math.max(-3, Math.min(3, shift * (seen - shift / 2)))
    }
    return ratio
  }

  function outlook(day: number): Outlook {
    const result = { next: 0, later: 0 }
    const all = evens(stories)
    for (const story of stories) {
      if (story.script.returns.length === 0) continue
      const weight = exp(story.odds) / all
      for (let ahead = 1; ahead <= 11; ahead++) {
        const value = weight * returnOf(story, day + ahead)
        if (ahead <= 10) result.next += value
        if (ahead >= 2) result.later += value
      }
    }
    return result
  }
}

function returnOf({ script: { returns }, day: began }: Story, day: number): number {
  const k = day - began
  return k < returns.length ? returns[k] : 0
}

/** 1 + the odds of all stories. */
function evens(stories: readonly Story[]): number {
  let sum = 1
  for (const { odds } of stories) sum += exp(odds)
  return sum
}
