/**
 * How well bursts of tickets are told from usual ones, by the rules of the system and by two others, against what
 * the simulated market did:
 *
 *   npx tsx tests/tools/ticketBursts.ts --seeds 201:210 --strength 1
 */
import { parseArgs } from 'node:util'
import { demandColumns } from '../../datasets/demand/demandColumns.ts'
import { SPELL_SIGNS, type Spell } from '../../datasets/demand/spells.ts'
import { generateMarket } from '../../datasets/market.ts'
import { moods, type DemandTables, type TicketMood } from '../../workers/quant/demandTables.ts'
import { detect } from '../../workers/systems/tickets/detect.ts'
import { discoveries } from '../../workers/systems/tickets/discoveries.ts'
import { markdownTable } from './markdownTable.ts'
import { LevelChanges } from './tickets/levelChanges.ts'
import { decompositionScores, zScores } from './tickets/plainScores.ts'

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1:3' }, strength: { type: 'string', default: '1' } },
})
const [from, to] = options.seeds.split(':').map(Number)

const WINDOW = 60
/** Flagged days of one series at most this far apart are one alarm. */
const ONE_ALARM = 3
/** Days after a change of level on which alarms are put down to it. */
const AFTER_SHIFT = 60
const RATE = 0.1

/** A day of a series, with what each rule makes of it, scaled so that its own threshold is 1. */
interface Rule {
  name: string
  strength: Float64Array
}
interface Tally {
  flagged: number
  flaggedInside: number
  alarms: number
  alarmsInside: number
  alarmsAfterShift: number
  spells: number
  found: number
  informative: number
  informativeFound: number
  firstDays: number[]
}

const markets = Array.from({ length: (to ?? from) - from + 1 }, (_, k) => {
  const market = generateMarket({ seed: from + k, strength: Number(options.strength) })
  const tables = demandColumns(market)
  const spells = market.truth.demand.spells.map((spell) => ({ ...spell, start: market.dates[spell.day] }))
  return { tables, spells, symbols: market.symbols, rules: rulesOf(tables) }
})
const ruleNames = markets[0].rules.map(({ name }) => name)
/** So many days are flagged by the tail: the others are compared at as many, too. */
const wanted = markets.reduce((sum, { rules }) => sum + rules[0].strength.filter((s) => s > 1).length, 0)

const rows = ruleNames.flatMap((name, r) => {
  const all = markets.flatMap(({ rules }) => [...rules[r].strength].filter((s) => s > 0))
  const matched = all.sort((a, b) => b - a)[Math.min(wanted, all.length - 1)]
  const thresholds: [string, number][] = [['its own', 1]]
  if (r > 0) thresholds.push([`as many days (×${matched.toFixed(2)})`, matched])
  return thresholds.map(([label, threshold]) => [name, label, ...cells(tallyOf(r, threshold))])
})
console.log(
  markdownTable(
    [
      'rule',
      'threshold',
      'flagged days',
      'of them in a burst',
      'alarms',
      'of them in a burst',
      'after a change of level',
      'bursts found',
      'informative ones found',
      'median day of the burst',
    ],
    rows,
  ),
)
const first = tallyOf(0, 1)
console.log(`\n${first.spells} bursts, ${first.informative} of them informative, seeds ${options.seeds}.\n`)

const changes = new LevelChanges()
for (const { tables, spells, symbols } of markets) {
  const { tickets, products, companies } = tables
  const detection = detect(tickets, { window: WINDOW, madFloor: 0.1, weekdays: true, shifts: true })
  tickets.product.forEach((product, i) => {
    const symbol = symbols.indexOf(companies.symbol[products.company[product]])
    const own = spells.filter((spell) => spell.symbol === symbol && spell.kind === 'shift')
    changes.add(detection, tickets, i, own)
  })
}
console.log(markdownTable(['change of level', 'series', 'recognised', 'median days'], changes.rows()))
console.log(`\n${changes.summary}`)

function rulesOf(tables: DemandTables): Rule[] {
  const { tickets } = tables
  const settings = { window: WINDOW, madFloor: 0.1, weekdays: true, shifts: true }
  const byTail = detect(tickets, settings)
  const byMad = (weekdays: boolean) => {
    const { score } = detect(tickets, { ...settings, weekdays, shifts: false })
    return byMood(tables, (mood, at) => score[at] / (mood === 'negative' ? 4 : 3))
  }
  const found = discoveries(byTail, tickets, RATE)
  const z = zScores(tickets, WINDOW)
  const residual = decompositionScores(tickets, WINDOW)
  return [
    {
      name: `tail, false discoveries ${RATE * 100} %`,
      strength: byMood(tables, (_, at) => (found[at] ? 2 : 0)),
    },
    { name: 'tail alone', strength: byMood(tables, (_, at) => Math.log(byTail.tail[at]) / Math.log(1e-3)) },
    { name: 'median and MAD, by weekday, 4 and 3', strength: byMad(true) },
    { name: 'median and MAD, 4 and 3', strength: byMad(false) },
    { name: 'z-score, 3', strength: byMood(tables, (_, at) => z[at] / 3) },
    { name: 'seasonal decomposition, 3', strength: byMood(tables, (_, at) => residual[at] / 3) },
  ]
}

/** [cells] 0 for neutral tickets and where unknown */
function byMood(
  { tickets }: DemandTables,
  strengthOf: (mood: TicketMood, at: number) => number,
): Float64Array {
  const strength = new Float64Array(tickets.value.length)
  for (let i = 0; i < tickets.mood.length; i++) {
    const mood = moods[tickets.mood[i]]
    if (mood === 'neutral') continue
    for (let at = tickets.offset[i]; at < tickets.offset[i + 1]; at++)
      strength[at] = strengthOf(mood, at) || 0
  }
  return strength
}

function tallyOf(rule: number, threshold: number): Tally {
  const tally: Tally = {
    flagged: 0,
    flaggedInside: 0,
    alarms: 0,
    alarmsInside: 0,
    alarmsAfterShift: 0,
    spells: 0,
    found: 0,
    informative: 0,
    informativeFound: 0,
    firstDays: [],
  }
  for (const { tables, spells, symbols, rules } of markets) {
    const { tickets, products, companies } = tables
    for (let i = 0; i < tickets.mood.length; i++) {
      const mood = moods[tickets.mood[i]]
      if (mood === 'neutral') continue
      const symbol = symbols.indexOf(companies.symbol[products.company[tickets.product[i]]])
      const own = spells.filter((spell) => spell.symbol === symbol)
      countSeries(
        tally,
        rules[rule].strength.subarray(tickets.offset[i], tickets.offset[i + 1]),
        threshold,
        tickets.first[i],
        own.filter((spell) => risesIn(spell, mood) >= 0.3),
        own.filter(({ kind }) => kind === 'shift').map(({ start }) => start),
        (spell) => risesIn(spell, mood) >= 0.8,
      )
    }
  }
  return tally
}

/** Peak rise of the tickets of a mood per growth of the spell. */
function risesIn({ kind }: Spell, mood: TicketMood): number {
  return kind === 'shift' ? 0 : SPELL_SIGNS[kind].rise[mood]
}

function countSeries(
  tally: Tally,
  strength: Float64Array,
  threshold: number,
  first: number,
  bursts: (Spell & { start: number })[],
  shifts: number[],
  isOwn: (spell: Spell) => boolean,
): void {
  const burstOn = (day: number) => bursts.some(({ start, length }) => day >= start && day < start + length)
  let last = -Infinity
  let inside = false
  const flaggedDays: number[] = []
  strength.forEach((value, k) => {
    if (value > threshold) flaggedDays.push(first + k)
  })
  const close = () => {
    if (last === -Infinity) return
    tally.alarms++
    if (inside) tally.alarmsInside++
    else if (shifts.some((day) => last >= day && last < day + AFTER_SHIFT)) tally.alarmsAfterShift++
  }
  for (const day of flaggedDays) {
    if (day - last > ONE_ALARM) {
      close()
      inside = false
    }
    last = day
    tally.flagged++
    if (burstOn(day)) {
      tally.flaggedInside++
      inside = true
    }
  }
  close()
  for (const spell of bursts) {
    if (!isOwn(spell) || spell.start < first + WINDOW || spell.start >= first + strength.length) continue
    const hit = flaggedDays.find((day) => day >= spell.start && day < spell.start + spell.length)
    const informative = spell.kind === 'trouble' || spell.kind === 'wave'
    tally.spells++
    if (informative) tally.informative++
    if (hit === undefined) continue
    tally.found++
    if (informative) tally.informativeFound++
    tally.firstDays.push(hit - spell.start + 1)
  }
}

function cells(tally: Tally): string[] {
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  const days = tally.firstDays.sort((a, b) => a - b)
  return [
    String(tally.flagged),
    percent(tally.flaggedInside, tally.flagged),
    String(tally.alarms),
    percent(tally.alarmsInside, tally.alarms),
    percent(tally.alarmsAfterShift, tally.alarms),
    percent(tally.found, tally.spells),
    percent(tally.informativeFound, tally.informative),
    String(days[days.length >> 1] ?? '–'),
  ]
}
