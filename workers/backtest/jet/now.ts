import { chosenRows, usualMove } from '../../systems/jet.ts'
import { jetParams, type JetParams } from '../../systems/jetParams.ts'
import type { Now, NowRow } from './contract.ts'
import type { JetMarket, ScoredBy } from './jetMarket.ts'
import { Unusual } from './unusual.ts'

/** Days back from the last one that a row is news; days that its conviction is ranked in. */
const newsDays = 14
const rankDays = 365

/** The latest days of the data as if it were today. */
export function nowOf(market: JetMarket, scored: ScoredBy | null): Now {
  const { rows, dataset, panel, tables } = market
  const day = panel.dates[panel.dates.length - 1]
  const latest = new Map<string, number>()
  for (let row = 0; row < rows.rows; row++) {
    const isVisit = rows.visited[row] >= 0
    if (isVisit ? rows.known[row] > day - newsDays : rows.known[row] > day - 7)
      latest.set(`${rows.company[row]} ${rows.visited[row]}`, row)
  }
  const unusual = new Unusual(dataset, (row) => rows.visited[row] >= 0)
  const actions = scored ? actionsOf(market, scored) : new Map<number, string>()
  const found = [...latest.values()].map((row): NowRow => {
    const visited = rows.visited[row]
    const company = rows.company[row]
    const said = answersOf(scored, row)
    return {
      row,
      kind: visited >= 0 ? 'visit' : 'company-week',
      company: tables.companies.symbol[company],
      companyName: tables.companies.name[company],
      visited: visited < 0 ? '' : tables.companies.symbol[visited],
      visitedName: visited < 0 ? '' : tables.companies.name[visited],
      day: rows.known[row],
      ...said,
      rank: rankOf(market, scored, row),
      unusual: unusual.of(row, visited < 0 ? '' : tables.companies.symbol[visited]),
      action: actions.get(row) ?? '',
    }
  })
  const interest = ({ kind, rank, unusual: [first], action }: NowRow) =>
    (action ? 100 : 0) +
    (kind === 'visit' ? 10 * (Number.isNaN(rank) ? 0.5 : rank) : 0) +
    Math.abs(first?.z ?? 0)
  found.sort((a, b) => interest(b) - interest(a))
  return { day, model: scored?.model ?? null, rows: found, milliseconds: scored?.milliseconds ?? 0 }
}

function answersOf(
  scored: ScoredBy | null,
  row: number,
): Pick<NowRow, 'sell' | 'hold' | 'buy' | 'target' | 'acquirer' | 'conviction' | 'risk' | 'depth'> {
  if (!scored)
    return {
      sell: NaN,
      hold: NaN,
      buy: NaN,
      target: NaN,
      acquirer: NaN,
      conviction: NaN,
      risk: NaN,
      depth: 0,
    }
  const { probabilities, value, halting, segments } = scored.scores
  const { direction, event } = probabilities
  const [sell, hold, buy] = direction.subarray(3 * row, 3 * row + 3)
  const halts = halting.subarray(row * segments, (row + 1) * segments)
  const first = halts.findIndex((probability) => probability > 0.5)
  return {
    sell,
    hold,
    buy,
    acquirer: event[3 * row + 1],
    target: event[3 * row + 2],
    conviction: buy - sell,
    risk: value[row],
    depth: halts.length === 0 ? 0 : first < 0 ? segments : first + 1,
  }
}

/** Share of the rows of the same kind in the past year with less conviction. */
function rankOf({ rows }: JetMarket, scored: ScoredBy | null, row: number): number {
  if (!scored) return NaN
  const { direction } = scored.scores.probabilities
  const conviction = (other: number) => direction[3 * other + 2] - direction[3 * other]
  const isVisit = rows.visited[row] >= 0
  let below = 0
  let all = 0
  for (let other = row - 1; other >= 0 && rows.known[other] > rows.known[row] - rankDays; other--) {
    if (rows.visited[other] >= 0 !== isVisit) continue
    all++
    if (conviction(other) < conviction(row)) below++
  }
  return all > 0 ? below / all : NaN
}

/** By row of the dataset: what the system with its recommended rules does at the next open. */
function actionsOf(market: JetMarket, { candidates: scores }: ScoredBy): Map<number, string> {
  const params = Object.fromEntries(
    Object.entries(jetParams).map(([name, spec]) => [name, spec.recommended]),
  ) as JetParams
  const { panel } = market
  const { candidates } = market.inputs
  const chosen = chosenRows(candidates, scores, panel, params)
  const actions = new Map<number, string>()
  market.data.visits.forEach((row, place) => {
    const symbol = candidates.visited[place]
    if (!chosen[place] || symbol < 0) return
    const stop = params.stopDeviations * usualMove(panel, symbol, candidates.day[place])
    const stopped = Number.isNaN(stop) ? '' : `, stop ${Math.round(100 * stop)} % below`
    actions.set(
      row,
      `Buy ${panel.symbols[symbol]} at the next open: ${Math.round(100 * params.fullSize)} % of equity${stopped}, at most ${params.horizon} days.`,
    )
  })
  return actions
}
