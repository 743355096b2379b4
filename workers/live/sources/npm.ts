import * as v from 'valibot'
import type { FigureRow } from '../collectedRows.ts'
import { AskFailed, type Adapter, type PollContext } from '../contract.ts'
import { dayMs, epochDayOf, isoDay } from './instants.ts'
import { npmInfo } from './npmInfo.ts'
import { listOf, numberOf, symbolOf, symbolProblem } from './readSettings.ts'
import { Refusals } from './refusals.ts'
import { untilCut } from './untilCut.ts'
import { wholeAnswer } from './wholeAnswer.ts'

const origin = 'https://api.npmjs.org'
const hourMs = 3_600_000
const mostPackages = 50
/** Days that are asked for again, because the registry corrects its counts. */
const overlapDays = 7

const rangeAnswer = v.object({ downloads: v.array(v.unknown()) })
const dayCount = v.object({
  day: v.pipe(
    v.string(),
    v.transform(epochDayOf),
    v.check((day) => !Number.isNaN(day), 'a day such as 2026-01-31'),
  ),
  downloads: v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, 'a number of 0 or more')),
})

const cursorSchema = v.object({
  /** Last counted day by package. */
  counted: v.record(v.string(), v.number()),
  /** Packages that a cut poll left. */
  left: v.array(v.string()),
})

/** Downloads by day (https://github.com/npm/registry, download-counts.md). */
export const npm: Adapter = {
  info: npmInfo,
  problem(settings) {
    const packages = listOf(settings, 'packages')
    if (packages.length === 0) return 'List at least one package, such as react.'
    const wrong = packages.find((name) => !/^(@[a-z0-9~._-]+\/)?[a-z0-9~._-]+$/i.test(name))
    if (wrong !== undefined)
      return `“${wrong}” is no name of a package: write it as in the registry, such as @angular/core.`
    if (packages.length > mostPackages) {
      return `${packages.length} packages are too many for one source: list up to ${mostPackages}.`
    }
    return symbolProblem(settings)
  },
  origins: () => [origin],
  pace: (settings) => ({
    everyMs: hourMs * Math.max(1, numberOf(settings, 'hours', 6)),
    budget: { units: 60, perMs: hourMs },
  }),
  async poll(context) {
    const { settings } = context
    const listed = listOf(settings, 'packages')
    const kept = v.safeParse(cursorSchema, context.cursor)
    const counted = kept.success ? { ...kept.output.counted } : {}
    const waiting = kept.success ? kept.output.left.filter((name) => listed.includes(name)) : []
    const refusals = new Refusals()
    const rows: FigureRow[] = []
    const left = await untilCut(waiting.length > 0 ? waiting : listed, async (name) => {
      const figures = await figuresOf(context, name, counted[name] ?? null, refusals)
      rows.push(...figures)
      const last = figures.at(-1)
      if (last) counted[name] = Math.max(counted[name] ?? last.date, last.date)
    })
    return {
      rows,
      cursor: { counted, left },
      refused: refusals.count,
      firstRefusal: refusals.first,
      ...(left.length > 0 && { more: true }),
    }
  },
}

/** Figures by day, without the days at the end that the registry has not counted yet: it answers 0 for them. */
async function figuresOf(
  context: PollContext,
  name: string,
  lastCounted: number | null,
  refusals: Refusals,
): Promise<FigureRow[]> {
  const { settings, now } = context
  const yesterday = Math.floor(now / dayMs) - 1
  const first = yesterday + 1 - numberOf(settings, 'days', 180)
  const from = lastCounted === null ? first : Math.min(yesterday, Math.max(first, lastCounted - overlapDays))
  const url = `${origin}/downloads/range/${isoDay(from)}:${isoDay(yesterday)}/${name}`
  let answer
  try {
    answer = await context.ask({ url, conditional: true })
  } catch (error) {
    if (!(error instanceof AskFailed) || error.kind !== 'missing') throw error
    refusals.add(`The registry knows no package ${name}: check how it is written.`)
    return []
  }
  if (answer.unchanged) return []
  const { downloads } = wholeAnswer(rangeAnswer, context.json(answer), 'npm', 'downloads by day')
  const days = new Map<number, number>()
  for (const [index, item] of downloads.entries()) {
    const one = refusals.read(dayCount, item, `Day ${index + 1} of ${name}`)
    if (one) days.set(one.day, one.downloads)
  }
  const symbol = symbolOf(settings)
  const figures = [...days]
    .sort(([a], [b]) => a - b)
    .map(([date, value]): FigureRow => ({
      table: 'adoption',
      counted: 'figure',
      symbol,
      source: name,
      metric: 'downloads',
      date,
      value,
    }))
  const last = figures.findLastIndex(({ value }) => value > 0)
  // Nor is a package before its first day one that nobody wants.
  const begin = lastCounted === null ? figures.findIndex(({ value }) => value > 0) : 0
  return last < 0 ? [] : figures.slice(begin, last + 1)
}
