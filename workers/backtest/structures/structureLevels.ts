import type { Panel } from '../../quant/panel.ts'
import type { RiskRules, Signals } from '../../systems/system.ts'
import { levelOf, positive } from '../levels.ts'
import type { Lot } from './lot.ts'

/** From this delta on an option counts as at the money. */
const atTheMoney = 0.45

/**
 * Sets the values at which a lot is closed: of shares, and of structures with shares, by the signal or the rules for
 * shares; of options alone by the rules for premiums.
 * @param delta of its first option when it was opened, without its sign
 */
export function setLevels(
  lot: Lot,
  panel: Panel,
  signals: Signals,
  row: number,
  rules: RiskRules,
  delta: number,
): void {
  if (lot.kind === 'shares') {
    const scale = panel.rawFactor?.[lot.symbol * panel.dates.length + lot.entryDay] ?? 1
    const fill = Math.abs(lot.cost) / scale
    const side = lot.direction
    lot.stop = side * scale * levelOf(row, signals.stop, signals.stopFraction, rules.stop, fill, -side)
    lot.target = side * scale * levelOf(row, signals.target, signals.targetFraction, rules.target, fill, side)
    return
  }
  const fraction = (own: Float64Array | undefined, rule: number | undefined) => {
    const value = own === undefined ? NaN : own[row]
    return positive(value === value ? value : rule)
  }
  const withShares = lot.legs.some(({ right }) => right === 0)
  const { premiumStop, premiumTarget, premiumTargetOut } = rules.expression!
  const stop = withShares ? fraction(signals.stopFraction, rules.stop) : positive(premiumStop)
  const target = withShares
    ? fraction(signals.targetFraction, rules.target)
    : positive(delta >= atTheMoney ? premiumTarget : premiumTargetOut)
  lot.stop = lot.cost - stop * lot.atRisk
  lot.target = lot.cost + target * lot.atRisk
}
