import type { Panel } from '../../quant/panel.ts'
import type { RiskRules, Signals } from '../../systems/system.ts'
import { levelOf } from '../levels.ts'
import { sameWithin, wantedShares, wholeUnits } from '../sizing.ts'
import type { Lot, Priced } from './lot.ts'

/** Shares that one contract is about. */
export const multiplier = 100

/** What is held when an order is sized. */
export interface Holdings {
  /** At the close before. */
  equity: number
  money: number
  lots: readonly Lot[]
}

/**
 * Contracts (shares of a share position) that a signal asks for, under the limits; or the counter that says why there
 * are none.
 */
export function orderSize(
  panel: Panel,
  signals: Signals,
  row: number,
  rules: RiskRules,
  opened: Priced,
  { equity, money, lots }: Holdings,
): number | 'belowMinimum' | 'noRoom' {
  const { limits } = rules
  const { symbol, marks, cost, exposure, legs, kind } = opened
  const spot = marks[0].spot
  // As the size of a share position at this price; a stop, where sizes are by risk, is that of the rules.
  const fill = spot
  const stop = levelOf(row, undefined, signals.stopFraction, rules.stop, fill, -opened.direction)
  const size = signals.size === undefined ? NaN : signals.size[row]
  const conviction = signals.conviction[row]
  const shares = wantedShares(
    panel,
    rules.sizing,
    symbol,
    signals.day[row],
    equity,
    fill,
    stop,
    conviction,
    size,
  )
  const wanted = shares * spot
  if (!(wanted > 0)) {
    return 'belowMinimum'
  }
  const each = kind === 'shares' ? 1 : multiplier
  const byPremium = rules.expression!.sizeBy === 'premium' && !legs.some(({ right }) => right === 0)
  const atRisk = cost > 0 ? cost : Math.max(opened.mostLoss, opened.margin)
  const worth = each * (byPremium || kind === 'iron-condor' ? atRisk : Math.abs(exposure))
  const gross = lots.reduce((sum, lot) => sum + Math.abs(lot.exposure) * lot.units, 0)
  const net = lots.reduce((sum, lot) => sum + lot.exposure * lot.units, 0)
  const tied = lots.reduce((sum, lot) => sum + lot.margin * lot.units, 0)
  const held = lots.reduce((sum, lot) => sum + lot.value * lot.units, 0)
  // Equity that is tied up nowhere: what was paid in full counts with its value.
  const free = money + held - tied
  let room = (limits.gross ?? 1) * equity - gross
  if (limits.net !== undefined) room = Math.min(room, limits.net * equity - Math.sign(exposure) * net)
  const needs = each * Math.max(opened.margin, cost, sameWithin * spot)
  const count = (money: number, one: number) =>
    one > 0 ? whole(money / one, rules.wholeShares || each > 1) : Infinity
  let contracts = count(wanted, worth)
  // One contract is the least there is: it is taken where it cannot lose more than the size.
  if (contracts === 0 && kind !== 'shares' && each * opened.mostLoss <= wanted) contracts = 1
  if (contracts === 0) {
    return 'belowMinimum'
  }
  contracts = Math.min(contracts, count(room, each * Math.abs(exposure)), count(free, needs))
  if (limits.position !== undefined)
    contracts = Math.min(contracts, Math.max(1, count(limits.position * equity, worth)))
  if (!(contracts > 0)) {
    return 'noRoom'
  }
  const least = limits.minimumTrade
  const trade = contracts * each * Math.max(Math.abs(exposure), Math.abs(cost))
  if (least !== undefined && trade < least * (1 - sameWithin)) {
    return 'belowMinimum'
  }
  return contracts
}

const whole = (count: number, isWhole: boolean) =>
  isWhole ? wholeUnits(Math.max(0, count), 1) : Math.max(0, count)
