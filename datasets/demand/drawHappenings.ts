import type { Random } from '../random.ts'
import type { Incident, NewsItem } from './demandTables.ts'
import type { DatedSpell } from './drawCounts.ts'
import { HEADLINES, NEWS_SOURCES } from './headlines.ts'
import { BACKGROUND, SIGN_WITHIN, SPELL_SIGNS } from './spells.ts'

/** One company, and the calendar days of its tables: counted from `firstDay`, data before `until`. */
export interface Subject {
  symbol: number
  name: string
  firstDay: number
  until: number
}

export function drawIncidents(
  { symbol, firstDay, until }: Subject,
  spells: readonly DatedSpell[],
  random: Random,
): Incident[] {
  const incidents: Incident[] = []
  const add = (day: number, hours: number, severity: Incident['severity']) => {
    if (day >= until) return
    const started = (firstDay + day) * 1440 + random.below(1440)
    const resolved = started + Math.round(60 * hours)
    const ended = resolved < (firstDay + until) * 1440
    incidents.push({ symbol, started, resolved: ended ? resolved : NaN, severity })
  }
  for (const { kind, start } of spells) {
    if (kind === 'shift') continue
    const { incident, incidentHours } = SPELL_SIGNS[kind]
    if (!random.chance(incident)) continue
    const grave = random.chance(kind === 'trouble' ? 0.5 : 0.1) ? 'critical' : 'major'
    const severity = random.chance(0.25) ? 'minor' : grave
    add(
      start + random.below(SIGN_WITHIN.incident),
      random.between(incidentHours.from, incidentHours.to),
      severity,
    )
  }
  for (const day of scattered(BACKGROUND.incidents, until, random)) {
    add(day, random.between(0.3, 12), random.chance(0.7) ? 'minor' : 'major')
  }
  return incidents.sort((a, b) => a.started - b.started)
}

export function drawNews(
  { symbol, name, firstDay, until }: Subject,
  spells: readonly DatedSpell[],
  random: Random,
): NewsItem[] {
  const news: NewsItem[] = []
  const add = (day: number, tone: 'bad' | 'good' | 'dull') => {
    const minute = 360 + random.below(1020)
    const template = HEADLINES[tone][random.below(HEADLINES[tone].length)]
    const strength = Math.round(random.between(20, 90)) / 100
    if (day >= until) return
    news.push({
      symbol,
      published: (firstDay + day) * 1440 + minute,
      headline: template.replace('{name}', name),
      sentiment:
        tone === 'bad' ? -strength : tone === 'good' ? strength : Math.round(random.between(-15, 15)) / 100,
      source: NEWS_SOURCES[random.below(NEWS_SOURCES.length)],
    })
  }
  for (const { kind, start } of spells) {
    if (kind === 'shift' || !random.chance(SPELL_SIGNS[kind].news)) continue
    add(start + random.below(SIGN_WITHIN.news), SPELL_SIGNS[kind].sign > 0 ? 'good' : 'bad')
  }
  for (const day of scattered(BACKGROUND.badNews, until, random)) add(day, 'bad')
  for (const day of scattered(BACKGROUND.goodNews, until, random)) add(day, 'good')
  for (const day of scattered(BACKGROUND.dullNews, until, random)) add(day, 'dull')
  return news.sort((a, b) => a.published - b.published)
}

/** Calendar days with a release, in order. */
export function drawReleases({ until }: Subject, spells: readonly DatedSpell[], random: Random): number[] {
  const days = new Set(scattered(BACKGROUND.releases, until, random))
  for (const { kind, start } of spells) {
    if (kind === 'shift' || !random.chance(SPELL_SIGNS[kind].release)) continue
    const day = start + random.below(SIGN_WITHIN.release)
    if (day < until) days.add(day)
  }
  return [...days].sort((a, b) => a - b)
}

/** Calendar days of a process without memory, at so many a year. */
function scattered(rate: number, until: number, random: Random): number[] {
  const days: number[] = []
  let day = Math.floor(random.exponential(365 / rate))
  while (day < until) {
    days.push(day)
    day += 1 + Math.floor(random.exponential(365 / rate))
  }
  return days
}
