import { exp } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'
import { negativeBinomial } from './counts.ts'
import { SENTIMENTS, type Customers } from './customers.ts'
import { burstShape, SPELL_SIGNS, uptakeShape, type Spell } from './spells.ts'

/** A spell, with its first calendar day counted from the first one of the tables. */
export type DatedSpell = Spell & { start: number }

/** Factor on what is usual, [calendar days], that the spells of a company leave on one column. */
function factors(
  spells: readonly DatedSpell[],
  calendarDays: number,
  column: keyof (typeof SPELL_SIGNS)['trouble']['rise'],
): Float64Array {
  const factor = new Float64Array(calendarDays).fill(1)
  const uptake = column === 'downloads' || column === 'commits'
  for (const { kind, growth, length, start } of spells) {
    if (kind === 'shift') {
      for (let day = start; day < calendarDays; day++) factor[day] *= 1 + growth
      continue
    }
    const peak = growth * SPELL_SIGNS[kind].rise[column]
    const shape = uptake ? uptakeShape : burstShape
    for (let k = 0; k < 2 * length && start + k < calendarDays; k++) {
      factor[start + k] *= 1 + peak * shape(k, length)
    }
  }
  return factor
}

/** [sentiments × calendar days] tickets of one company; −1 from `until` on. */
export function drawTickets(
  customers: Customers,
  pattern: Float64Array,
  spells: readonly DatedSpell[],
  until: number,
  random: Random,
): Int32Array {
  const calendarDays = pattern.length
  const counts = new Int32Array(SENTIMENTS.length * calendarDays).fill(-1)
  SENTIMENTS.forEach((sentiment, i) => {
    const { usual, size } = customers.tickets[sentiment]
    const factor = factors(spells, calendarDays, sentiment)
    for (let day = 0; day < until; day++) {
      counts[i * calendarDays + day] = negativeBinomial(usual * pattern[day] * factor[day], size, random)
    }
  })
  return counts
}

/** [calendar days] downloads, to two digits, as the registry publishes them. */
export function drawDownloads(
  { downloads }: Customers,
  pattern: Float64Array,
  spells: readonly DatedSpell[],
  until: number,
  random: Random,
): Int32Array {
  const counts = new Int32Array(pattern.length).fill(-1)
  const factor = factors(spells, pattern.length, 'downloads')
  for (let day = 0; day < until; day++) {
    const value = downloads.usual * pattern[day] * factor[day] * exp(downloads.noise * random.normal())
    counts[day] = twoDigits(value)
  }
  return counts
}

function twoDigits(value: number): number {
  let unit = 1
  while (value >= 100 * unit) unit *= 10
  return Math.round(value / unit) * unit
}

/** [calendar days] commits, seldom at weekends. */
export function drawCommits(
  { commits }: Customers,
  pattern: Float64Array,
  spells: readonly DatedSpell[],
  until: number,
  random: Random,
): Int32Array {
  const counts = new Int32Array(pattern.length).fill(-1)
  const factor = factors(spells, pattern.length, 'commits')
  for (let day = 0; day < until; day++) {
    counts[day] = negativeBinomial(commits.usual * pattern[day] * factor[day], commits.size, random)
  }
  return counts
}
