import { exp, log } from '../../workers/quant/elementary.ts'
import type { Deal } from '../deals.ts'
import { BENCHMARK_BETA, OWN_GARCH, SECTOR_VOLATILITY, BREADTH_VOLATILITY } from '../parameters.ts'
import { YEAR } from '../returns.ts'
import { quietDays, SENTIMENTS, usualPattern, type Customers } from './customers.ts'
import { newsKnownAt, type DemandTables } from './demandTables.ts'
import { answerReturns, SHARE_FADING, SHARE_REVERSING, TURNING, type DemandWorld } from './demandWorld.ts'
import {
  BACKGROUND,
  burstShape,
  SIGN_WITHIN,
  SPELL_SIGNS,
  uptakeShape,
  type SpellKind,
  type SpellSigns,
} from './spells.ts'

/** The observable tables. */
export interface DemandView {
  dates: Int32Array
  symbols: string[]
  prices: { open: Int32Array; high: Int32Array; low: Int32Array; close: Int32Array }
  adjFactor: Float64Array
  demand: DemandTables
}

/** The generator's parameters; neither spells nor turns. Of the deals only what is public on the day is used. */
export interface DemandKnowledge {
  world: Pick<DemandWorld, 'trouble' | 'wave' | 'growth' | 'meanGap'>
  /** [covered] */
  customers: readonly Customers[]
  deals: readonly Deal[]
  beta: Float64Array
  ownVolatility: Float64Array
}

/** What the filter expects of a covered company at the close of a day. */
export interface Outlook {
  /** Expected log return of the next ten days, and of the ten days from the day after the next. */
  next: number
  later: number
}

/** A story about a company: a spell of this kind and size began on that day. */
interface Story {
  kind: Exclude<SpellKind, 'shift'>
  signs: SpellSigns
  /** Index of the trading day, and calendar day counted from the first one of the tables. */
  day: number
  start: number
  growth: number
  length: number
  incidentSeen: boolean
  newsSeen: boolean
  releaseSeen: boolean
  /** Log odds against “no spell began”. */
  odds: number
}

const KINDS = Object.keys(SPELL_SIGNS) as Story['kind'][]
const SIZES = [1, 3, 5, 7].map((k) => k / 8)
/** Stories older than this no longer say anything about tickets. */
const LONGEST = 16
/** Deviations above the usual number of tickets that make a day worth a story. */
const SUSPICIOUS = 0.8
const LEVEL_RATE = 0.06

const FREEDOM = OWN_GARCH.freedom
const INFORMATION = ((FREEDOM + 1) * FREEDOM) / ((FREEDOM + 3) * (FREEDOM - 2))
const score = (z: number) => ((FREEDOM + 1) * z) / (FREEDOM - 2 + z * z)
const SHARED_VARIANCE = SECTOR_VOLATILITY * SECTOR_VOLATILITY + BREADTH_VOLATILITY * BREADTH_VOLATILITY

/**
 * Reads the tables day by day as an observer who knows how spells show and what they foretell: at each close
 * from all rows known by then. `decide` is called once per trading day with the outlook of every covered
 * company, in the order of `covered`, already weighed by the belief that the edge is whole, gone or turned.
 */
export function filterDemand(
  { dates, symbols, prices, adjFactor, demand }: DemandView,
  { world, customers, deals, beta, ownVolatility }: DemandKnowledge,
  decide: (day: number, outlooks: readonly Outlook[]) => void,
): void {
  const days = dates.length
  const { firstDay, calendarDays, covered, until, tickets, downloads } = demand
  const benchmark = symbols.length - 1
  const announced = new Int32Array(symbols.length).fill(days)
  for (const deal of deals) announced[deal.target] = deal.announced
  const answers = { trouble: answerReturns(world.trouble), wave: answerReturns(world.wave) }
  const prior = 1 / (world.meanGap + 10)
  const quiet = quietDays(firstDay, calendarDays)
  const patterns = customers.map((usual) => usualPattern(usual, firstDay, quiet))
  const level = covered.map(() => Float64Array.of(1, 1, 1, 1))
  const stories: Story[][] = covered.map(() => [])
  const happened = happenings(demand, dates[days - 1])
  const belief = [1, 0, 0]

  const lastReturn = (symbol: number, day: number) => {
    const at = symbol * days + day
    const now = prices.close[at] * adjFactor[at]
    const before = prices.close[at - 1] * adjFactor[at - 1]
    return now > 0 && before > 0 ? log(now / before) : NaN
  }
  /** Expected log return on a day if a story is true and the edge whole. */
  const foretold = ({ kind, day: start, growth }: Story, day: number) => {
    if (kind !== 'trouble' && kind !== 'wave') return 0
    const k = day - start - world[kind].lag
    if (k < 0 || k >= answers[kind].length) return 0
    return ((kind === 'wave' ? growth : -growth) / world.growth) * answers[kind][k]
  }

  for (let day = 1; day < days; day++) {
    const market = lastReturn(benchmark, day) / BENCHMARK_BETA
    const edge = belief[0] - belief[2]
    const evidence = [0, 0, 0]
    const outlooks = covered.map((symbol, i) => {
      const open = stories[i]
      const free = day < announced[symbol]

      // What the stories foretold for today is compared with what came.
      const own = free ? lastReturn(symbol, day) - beta[symbol] * market : NaN
      if (own === own && open.length > 0) {
        const sd = Math.sqrt((ownVolatility[symbol] * ownVolatility[symbol] + SHARED_VARIANCE) / YEAR)
        const surprise = score(own / sd)
        const nothing = 1 / oddsOf(open)
        let sum = 0
        for (const story of open) sum += exp(story.odds) * nothing * foretold(story, day)
        for (const story of open) story.odds += logRatio(surprise, (edge * foretold(story, day)) / sd)
        if (sum !== 0) {
          evidence[0] += logRatio(surprise, sum / sd)
          evidence[2] += logRatio(surprise, -sum / sd)
        }
      }

      // Rows of the calendar days that became known today.
      for (let at = dates[day - 1] - firstDay; at < dates[day] - firstDay && at < until[i]; at++) {
        const counts = SENTIMENTS.map((_, k) => tickets[(i * SENTIMENTS.length + k) * calendarDays + at])
        const pattern = patterns[i][at]
        const means = SENTIMENTS.map((name, k) => customers[i].tickets[name].usual * pattern * level[i][k])
        const sizes = SENTIMENTS.map((name) => customers[i].tickets[name].size)
        const marks = happened.get(i * calendarDays + at) ?? QUIET
        const taken = downloads[i * calendarDays + at]
        const usualTaken = customers[i].downloads.usual * pattern * level[i][3]
        const noise = customers[i].downloads.noise

        if (at === dates[day - 1] - firstDay) {
          const excess = (k: number) =>
            (counts[k] - means[k]) / Math.sqrt(means[k] + (means[k] * means[k]) / sizes[k])
          if (excess(0) > SUSPICIOUS) begin(open, day - 1, at, -1)
          if (excess(2) > SUSPICIOUS) begin(open, day - 1, at, 1)
        }
        for (const story of open) {
          const since = at - story.start
          if (since > LONGEST) continue
          story.odds += markRatio(story, since, marks)
          const shape = burstShape(since, story.length)
          if (shape > 0) {
            SENTIMENTS.forEach((name, k) => {
              const rise = story.signs.rise[name]
              if (rise > 0)
                story.odds += countRatio(counts[k], means[k], sizes[k], 1 + story.growth * rise * shape)
            })
          }
          const uptake = story.growth * story.signs.rise.downloads * uptakeShape(since, story.length)
          if (uptake > 0) {
            const shift = log(1 + uptake) / noise
            const seen = log(taken / usualTaken) / noise
            story.odds += Math.max(-3, Math.min(3, shift * (seen - shift / 2)))
          }
        }
        const rate = LEVEL_RATE * (0.15 + 0.85 / oddsOf(open))
        counts.forEach((count, k) => {
          const ratio = Math.min(3, count / (means[k] / level[i][k]))
          level[i][k] += rate * (ratio - level[i][k])
        })
        level[i][3] += rate * (Math.min(3, taken / (usualTaken / level[i][3])) - level[i][3])
      }

      const all = oddsOf(open)
      stories[i] = open.filter((story) => {
        const age = day - story.day
        return age < 35 && (age < 1 || exp(story.odds) / all > 3e-4)
      })
      const outlook = { next: 0, later: 0 }
      if (!free) return outlook
      for (const story of stories[i]) {
        if (story.kind !== 'trouble' && story.kind !== 'wave') continue
        const weight = (edge * exp(story.odds)) / all
        for (let ahead = 1; ahead <= 11; ahead++) {
          const value = weight * foretold(story, day + ahead)
          if (ahead <= 10) outlook.next += value
          if (ahead >= 2) outlook.later += value
        }
      }
      return outlook
    })
    updateBelief(belief, evidence, day / days)
    decide(day, outlooks)
  }

  function begin(open: Story[], day: number, start: number, sign: 1 | -1): void {
    for (const kind of KINDS) {
      const signs = SPELL_SIGNS[kind]
      if (signs.sign !== sign) continue
      for (const size of SIZES) {
        const severity = signs.severity.from + (signs.severity.to - signs.severity.from) * size
        open.push({
          kind,
          signs,
          day,
          start,
          growth: world.growth * severity,
          length: (signs.length.from + signs.length.to) / 2,
          incidentSeen: false,
          newsSeen: false,
          releaseSeen: false,
          odds: log((prior * signs.share) / SIZES.length),
        })
      }
    }
  }
}

/** 1 + the odds of all stories. */
function oddsOf(stories: readonly Story[]): number {
  let sum = 1
  for (const { odds } of stories) sum += exp(odds)
  return sum
}

/** What became known of one company and calendar day, besides counts. */
interface Marks {
  incident: boolean
  badNews: boolean
  goodNews: boolean
  release: boolean
}
const QUIET: Marks = { incident: false, badNews: false, goodNews: false, release: false }

/** By position among the covered × calendar days. Only rows that are known on the next day. */
function happenings(
  { firstDay, calendarDays, covered, incidents, news, releases }: DemandTables,
  lastDay: number,
) {
  const marks = new Map<number, Marks>()
  const mark = (symbol: number, day: number, what: keyof Marks) => {
    const key = covered.indexOf(symbol) * calendarDays + day
    marks.set(key, { ...(marks.get(key) ?? QUIET), [what]: true })
  }
  for (const { symbol, started } of incidents) mark(symbol, Math.floor(started / 1440) - firstDay, 'incident')
  for (const { symbol, published, sentiment } of news) {
    if (newsKnownAt(published) > lastDay || Math.abs(sentiment) < 0.2) continue
    mark(symbol, Math.floor(published / 1440) - firstDay, sentiment < 0 ? 'badNews' : 'goodNews')
  }
  for (const { symbol, day } of releases) mark(symbol, day, 'release')
  return marks
}

/** Log likelihood ratio of the marks of the calendar day that is `since` days after the start of a story. */
function markRatio(story: Story, since: number, marks: Marks): number {
  const { signs } = story
  let ratio = 0
  const weigh = (seen: boolean, before: boolean, chance: number, within: number, rate: number) => {
    if (since >= within || before || chance === 0) return
    const background = rate / 365
    // The chance that it comes today, given that it has not come yet.
    const today = chance / within / (1 - (chance * since) / within)
    const either = today + background - today * background
    ratio += seen ? log(either / background) : log((1 - either) / (1 - background))
  }
  const news = signs.sign > 0 ? marks.goodNews : marks.badNews
  const newsRate = signs.sign > 0 ? BACKGROUND.goodNews : BACKGROUND.badNews
  weigh(marks.incident, story.incidentSeen, signs.incident, SIGN_WITHIN.incident, BACKGROUND.incidents)
  weigh(news, story.newsSeen, signs.news, SIGN_WITHIN.news, newsRate)
  weigh(marks.release, story.releaseSeen, signs.release, SIGN_WITHIN.release, BACKGROUND.releases)
  story.incidentSeen ||= marks.incident
  story.newsSeen ||= news
  story.releaseSeen ||= marks.release
  return ratio
}

/** Log likelihood ratio of a negative binomial count whose mean is multiplied by `factor`. */
function countRatio(count: number, mean: number, size: number, factor: number): number {
  return count * log(factor) - (count + size) * log((size + mean * factor) / (size + mean))
}

/** Log likelihood ratio of a small shift of the mean of a return, to second order. */
function logRatio(surprise: number, shift: number): number {
  return surprise * shift - 0.5 * INFORMATION * shift * shift
}

/** Bayes' rule over whole, gone, turned; worlds turn in a known part of the market, if they do. */
function updateBelief(belief: number[], evidence: readonly number[], past: number): void {
  for (let i = 0; i < 3; i++) belief[i] *= exp(Math.max(-20, Math.min(20, evidence[i])))
  if (past > TURNING.from && past < TURNING.to) {
    const daily = 1 / ((TURNING.to - TURNING.from) * 5 * YEAR)
    const moved = belief[0] * daily
    belief[0] -= moved * (SHARE_FADING + SHARE_REVERSING)
    belief[1] += moved * SHARE_FADING
    belief[2] += moved * SHARE_REVERSING
  }
  const sum = belief[0] + belief[1] + belief[2]
  for (let i = 0; i < 3; i++) belief[i] /= sum
}
