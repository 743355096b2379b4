import { exp } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'
import { answerReturns, type DemandWorld } from './demandWorld.ts'

/** A time in which customers of a company behave unusually; only the first two kinds foretell anything. */
export type SpellKind = 'trouble' | 'wave' | 'complaints' | 'outage' | 'hype' | 'campaign' | 'shift'

export interface Spell {
  symbol: number
  kind: SpellKind
  /** Index of the trading day on which it begins. */
  day: number
  /** How grave it is, 1 on average; scales the share's answer and, with some noise, the tickets. */
  severity: number
  /** Peak rise of its tickets as a multiple of their usual number; of a shift, the change that stays. */
  growth: number
  /** Calendar days until the tickets are as usual again; 0 for a shift, which stays. */
  length: number
}

/** How a kind of spell shows in the tables. The oracle knows this too. */
export interface SpellSigns {
  /** Of all spells. */
  share: number
  severity: { from: number; to: number }
  length: { from: number; to: number }
  /** Rise per growth of negative, neutral and positive tickets, and of downloads and commits. */
  rise: { negative: number; neutral: number; positive: number; downloads: number; commits: number }
  /** Chances of an incident, of news with the sign of the spell, and of a release. */
  incident: number
  news: number
  release: number
  /** Hours an incident stays open. */
  incidentHours: { from: number; to: number }
  sign: 1 | -1
}

const rise = (negative: number, neutral: number, positive: number, downloads = 0, commits = 0) => ({
  negative,
  neutral,
  positive,
  downloads,
  commits,
})

export const SPELL_SIGNS: Record<Exclude<SpellKind, 'shift'>, SpellSigns> = {
  trouble: {
    share: 0.11,
    severity: { from: 0.4, to: 1.6 },
    length: { from: 8, to: 14 },
    rise: rise(1, 0.25, 0),
    incident: 0.75,
    news: 0.6,
    release: 0,
    incidentHours: { from: 30, to: 150 },
    sign: -1,
  },
  wave: {
    share: 0.11,
    severity: { from: 0.4, to: 1.6 },
    length: { from: 8, to: 14 },
    rise: rise(0, 0.25, 1, 0.4, 0.5),
    incident: 0,
    news: 0.6,
    release: 0.5,
    incidentHours: { from: 0, to: 0 },
    sign: 1,
  },
  complaints: {
    share: 0.22,
    severity: { from: 0.2, to: 1.2 },
    length: { from: 2, to: 6 },
    rise: rise(1, 0.25, 0),
    incident: 0.08,
    news: 0.12,
    release: 0,
    incidentHours: { from: 1, to: 20 },
    sign: -1,
  },
  outage: {
    share: 0.15,
    severity: { from: 0.3, to: 1.2 },
    length: { from: 1, to: 3 },
    rise: rise(0.8, 0.2, 0),
    incident: 1,
    news: 0.25,
    release: 0,
    incidentHours: { from: 1, to: 30 },
    sign: -1,
  },
  hype: {
    share: 0.2,
    severity: { from: 0.2, to: 1.2 },
    length: { from: 2, to: 6 },
    rise: rise(0, 0.2, 1, 0.05),
    incident: 0,
    news: 0.15,
    release: 0.1,
    incidentHours: { from: 0, to: 0 },
    sign: 1,
  },
  campaign: {
    share: 0.13,
    severity: { from: 0.5, to: 1.3 },
    length: { from: 5, to: 12 },
    rise: rise(0.1, 0.5, 0.3, 0.45),
    incident: 0,
    news: 0.3,
    release: 0.1,
    incidentHours: { from: 0, to: 0 },
    sign: 1,
  },
}

/** What happens outside any spell, a year; the oracle knows this too. */
export const BACKGROUND = { incidents: 1.5, badNews: 2, goodNews: 2.5, dullNews: 3, releases: 5 }

/** Calendar days from the start of a spell within which its incident, news or release comes. */
export const SIGN_WITHIN = { incident: 3, news: 4, release: 3 }

/** Trading days that a spell keeps to itself, whatever its length. */
export const SPELL_DAYS = 10

/** The spells of one company up to and without `endDay`, in order, never two at once. */
export function drawSpells(symbol: number, endDay: number, world: DemandWorld, random: Random): Spell[] {
  const spells: Spell[] = []
  let day = Math.floor(random.exponential(world.meanGap))
  while (day < endDay) {
    spells.push(drawSpell(symbol, day, world, random))
    day += SPELL_DAYS + Math.floor(random.exponential(world.meanGap))
  }
  return spells
}

function drawSpell(symbol: number, day: number, world: DemandWorld, random: Random): Spell {
  let u = random.uniform()
  for (const [name, signs] of Object.entries(SPELL_SIGNS)) {
    u -= signs.share
    if (u >= 0) continue
    const severity = random.between(signs.severity.from, signs.severity.to)
    return {
      symbol,
      kind: name as SpellKind,
      day,
      severity,
      growth: world.growth * severity * exp(0.15 * random.normal()),
      length: signs.length.from + random.below(signs.length.to - signs.length.from + 1),
    }
  }
  // A new price plan, a product line sold: the usual number of tickets is another one from now on.
  const growth = random.chance(0.6) ? random.between(0.2, 0.7) : -random.between(0.15, 0.4)
  return { symbol, kind: 'shift', day, severity: 0, growth, length: 0 }
}

/** Share of the peak rise that is left so many calendar days after the start. */
export function burstShape(daysSince: number, length: number): number {
  return daysSince < length ? 1 - daysSince / length : 0
}

/** Share of the peak rise of downloads: they take some days to come. */
export function uptakeShape(daysSince: number, length: number): number {
  return Math.min(1, (daysSince + 1) / 3) * burstShape(daysSince, 1.5 * length)
}

/** [days] the expected return that the spells of one company leave, before strength and fate. */
export function driftReturns(
  spells: readonly Spell[],
  endDay: number,
  days: number,
  world: DemandWorld,
): Float64Array {
  const drift = new Float64Array(days)
  for (const { kind, day, severity } of spells) {
    if (kind !== 'trouble' && kind !== 'wave') continue
    const answer = world[kind]
    const sign = kind === 'wave' ? severity : -severity
    answerReturns(answer).forEach((value, k) => {
      const at = day + answer.lag + k
      if (at < endDay) drift[at] = drift[at] + sign * value
    })
  }
  return drift
}
