import type { FinishedRun } from '../engine.ts'
import { HeldStructure } from '../options/heldStructure.ts'
import { legsTitle } from '../options/legsTitle.ts'
import { marketOf, openStructures } from '../structures/openStructures.ts'
import type { OpenLot } from './openLots.ts'

/**
 * The structures of options held over the close of a day of the run, in the order of entry. Prices are those of one
 * share of the structure, as its trade has them.
 */
export function openStructureLots(run: FinishedRun, day: number): OpenLot[] {
  const market = marketOf(run)
  if (market === null) return []
  const { report, rules, scope, panel } = run
  const at = scope.range.first + day
  return openStructures(run, at)
    .map((open): OpenLot => {
      const { lot, trade, held } = open
      const now = new HeldStructure(open, market, at)
      const gained = now.value - lot.units * lot.cost
      return {
        trade,
        price: (trade.direction * now.value) / lot.units,
        stop: trade.stop,
        barsLeft: lot.maxBars > 0 ? Math.max(0, lot.maxBars - held) : -1,
        paid: 0,
        sizedOn: trade.entryDay > 0 ? report.equity[trade.entryDay - 1] : rules.capital,
        exposure: now.exposure(),
        mostLoss: Math.max(0, lot.units * lot.mostLoss + gained),
        structure: lot.kind === 'shares' ? '' : legsTitle(panel.panel.symbols[lot.symbol], lot.legs),
      }
    })
    .sort((a, b) => a.trade.entryDay - b.trade.entryDay)
}
