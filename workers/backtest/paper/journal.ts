import type { FinishedRun } from '../engine.ts'
import { isOpen } from '../board/isOpen.ts'
import type { JournalLine, TakenDecision } from './contract.ts'

/** In the order of a day: what leaves makes room for what enters, and decisions come at the close. */
const order: JournalLine['kind'][] = ['left', 'entered', 'not filled', 'waiting', 'late', 'taken']

const exits: Record<string, string> = {
  stop: 'stop',
  'stop-gap': 'a gap over the stop',
  target: 'target',
  'target-gap': 'a gap over the target',
  time: 'time',
  signal: 'a signal to close',
  trim: 'trimmed to its limit',
  breaker: 'breaker',
  delisted: 'no more prices',
  expiry: 'expiry',
  roll: 'rolled to a later expiry',
  assignment: 'assignment',
}

/**
 * All that became of decisions that were taken, newest first.
 *
 * @param run of the decisions that were in time (`paperRun`)
 */
export function journalOf(run: FinishedRun, taken: readonly TakenDecision[]): JournalLine[] {
  const { report, scope } = run
  const { dates, trades, symbols } = report
  const newest = dates[dates.length - 1]
  const lines: JournalLine[] = []
  const byDecision = new Map<string, TakenDecision>()
  for (const decision of taken) byDecision.set(keyOf(decision.symbol, decision.day), decision)
  const filled = new Set<string>()
  for (const trade of trades) {
    const symbol = symbols[trade.symbol]
    const key = keyOf(symbol, run.panel.panel.dates[scope.range.first + trade.signalDay])
    filled.add(key)
    const decision = byDecision.get(key)
    const line = { symbol, direction: trade.direction, by: decision?.by ?? null, shares: trade.shares }
    lines.push({
      ...line,
      day: dates[trade.entryDay],
      kind: 'entered',
      price: trade.entryPrice,
      profit: NaN,
      reason: decision?.reason ?? '',
    })
    if (isOpen(trade, dates.length - 1)) continue
    lines.push({
      ...line,
      day: dates[trade.exitDay],
      kind: 'left',
      price: trade.exitPrice,
      profit: trade.profit,
      reason: exits[trade.exitReason] ?? trade.exitReason,
    })
  }
  for (const decision of taken) {
    const { symbol, day, direction, by, reason, late } = decision
    const line = { day, symbol, direction, by, shares: NaN, price: NaN, profit: NaN }
    if (late) {
      lines.push({ ...line, kind: 'late', reason: 'The next open had passed when it was taken.' })
      continue
    }
    lines.push({ ...line, kind: 'taken', reason })
    if (day >= newest) lines.push({ ...line, kind: 'waiting', reason: 'Waits for the next price.' })
    else if (direction !== 0 && !filled.has(keyOf(symbol, day))) {
      lines.push({ ...line, kind: 'not filled', reason: whyNot(run, decision) })
    }
  }
  return lines.sort(
    (a, b) =>
      b.day - a.day ||
      order.indexOf(b.kind) - order.indexOf(a.kind) ||
      (a.symbol < b.symbol ? -1 : Number(a.symbol > b.symbol)),
  )
}

const keyOf = (symbol: string, day: number) => `${symbol} ${day}`

function whyNot(
  { panel, rules, report, scope }: FinishedRun,
  { symbol, day, direction }: TakenDecision,
): string {
  const { dates, symbols, open, close } = panel.panel
  const at = symbols.indexOf(symbol)
  if (at < 0) return 'There are no prices of it in use.'
  const next = dates.indexOf(day) + 1
  const cell = at * dates.length + next
  if (!(open[cell] > 0 && close[cell] > 0)) return 'It did not trade on the next day.'
  if (direction < 0 && !rules.allowShort) return 'The rules allow no short sales.'
  const held = report.trades.some(
    (trade) =>
      trade.symbol === at &&
      trade.entryDay < next - scope.range.first &&
      isOpen(trade, next - 1 - scope.range.first),
  )
  if (held && !rules.overlap) return 'It was held already.'
  return rules.expression === undefined
    ? 'The limits, a breaker or the size of a share left no room for it.'
    : 'No contract within reach, or the limits left no room for one.'
}
