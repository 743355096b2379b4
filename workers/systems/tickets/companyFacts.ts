import type { DemandTables } from '../../quant/demandTables.ts'
import { holidaysOf } from './holidays.ts'
import { incidentsOpen } from './incidentsOpen.ts'
import { sessionOf } from './sessionOf.ts'
import { weekOnWeek } from './weekOnWeek.ts'

/** What independent sources say of each company at each close; [companies × sessions], company-major. */
export interface CompanyFacts {
  sessions: number
  /** See `incidentsOpen`. */
  incident: Uint8Array
  /** Mean mood of the headlines of the last days; NaN without any. */
  news: Float64Array
  /** Rise of downloads from week to week, the largest of its products; NaN unknown. */
  downloads: Float64Array
  /** Commits of the last seven days, all products together; NaN unknown. */
  commits: Float64Array
  /** 1 where a version has come out within the last days. */
  release: Uint8Array
}

const commitDays = 7

/**
 * @param dates epoch days of the sessions
 * @param within calendar days before a close in which headlines and releases count
 */
export function companyFacts(tables: DemandTables, dates: Int32Array, within: number): CompanyFacts {
  const sessions = dates.length
  const cells = tables.companies.symbol.length * sessions
  const facts: CompanyFacts = {
    sessions,
    incident: incidentsOpen(tables, dates),
    news: newsMood(tables, dates, within),
    downloads: new Float64Array(cells).fill(NaN),
    commits: new Float64Array(cells).fill(NaN),
    release: new Uint8Array(cells),
  }
  const { adoption, products } = tables
  const quiet = holidaysOf(dates)
  adoption.metric.forEach((metric, series) => {
    const start = products.company[adoption.product[series]] * sessions
    const value = adoption.value.subarray(adoption.offset[series], adoption.offset[series + 1])
    const known = adoption.known.subarray(adoption.offset[series], adoption.offset[series + 1])
    const first = adoption.first[series]
    if (metric === 'downloads' && adoption.span[series] === 1) {
      for (let at = 0; at < sessions; at++) {
        const rise = weekOnWeek(value, known, first, dates[at] - first, dates[at], quiet)
        const before = facts.downloads[start + at]
        if (!(rise <= before) && !Number.isNaN(rise)) facts.downloads[start + at] = rise
      }
    }
    if (metric === 'commits') {
      for (let at = 0; at < sessions; at++) {
        const sum = lastDays(value, known, first, dates[at], commitDays)
        if (Number.isNaN(sum)) continue
        const before = facts.commits[start + at]
        facts.commits[start + at] = Number.isNaN(before) ? sum : before + sum
      }
    }
    if (metric === 'release' || metric === 'releases') {
      value.forEach((released, i) => {
        if (!(released > 0)) return
        for (let at = sessionOf(dates, known[i]); at < sessions; at++) {
          if (dates[at] - (first + i) > within) break
          facts.release[start + at] = 1
        }
      })
    }
  })
  return facts
}

/** Sum of the newest so many days that are known at a close, weekly rows at their last day; NaN where none is told. */
function lastDays(value: Float64Array, known: Int32Array, first: number, day: number, days: number): number {
  let newest = Math.min(day - first, value.length - 1)
  while (newest >= 0 && (Number.isNaN(value[newest]) || known[newest] > day)) newest--
  if (newest < 0 || day - (first + newest) > 2 * days) return NaN
  let sum = 0
  for (let i = Math.max(0, newest - days + 1); i <= newest; i++)
    if (known[i] <= day && !Number.isNaN(value[i])) sum += value[i]
  return sum
}

function newsMood({ companies, news }: DemandTables, dates: Int32Array, within: number): Float64Array {
  const sessions = dates.length
  const sum = new Float64Array(companies.symbol.length * sessions)
  const count = new Float64Array(sum.length)
  for (let i = 0; i < news.company.length; i++) {
    if (Number.isNaN(news.sentiment[i])) continue
    const published = Math.floor(news.published[i] / 1440)
    for (let at = sessionOf(dates, news.known[i]); at < sessions; at++) {
      if (dates[at] - published > within) break
      sum[news.company[i] * sessions + at] += news.sentiment[i]
      count[news.company[i] * sessions + at]++
    }
  }
  return sum.map((total, cell) => total / count[cell])
}
