import type { OptionsDesk } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import { structureTitle } from '../structureWords.ts'

const dayCell = (day: number): string => (day > 0 ? isoDate(day) : '')

/** One row a structure held over the close of the day; money of the position, moves as fractions. */
export function deskCsv({ day, lots }: OptionsDesk): string {
  const head = [
    'day', 'symbol', 'structure', 'legs', 'contracts', 'entry_date', 'reason', 'share', 'paid', 'value', 'profit',
    'mark', 'delta_shares', 'gamma_shares_per_dollar', 'vega_per_point', 'theta_per_day', 'rho', 'margin',
    'days_to_expiry', 'stop_value', 'stop_move', 'target_value', 'target_move', 'closes_on', 'closes_by',
  ] // prettier-ignore
  const rows = lots.map((lot) => {
    const { delta, gamma, vega, theta, rho } = lot.greeks
    return [
      isoDate(day),
      textCell(lot.symbol),
      textCell(lot.kind),
      textCell(structureTitle(lot.legs)),
      numberCell(lot.contracts),
      dayCell(lot.entryDay),
      textCell(lot.reason),
      ...[lot.spot, lot.paid, lot.value, lot.profit].map(numberCell),
      lot.markFrom,
      ...[delta, gamma, vega, theta, rho, lot.margin, lot.daysToExpiry].map(numberCell),
      ...[lot.stop, lot.stopMove, lot.target, lot.targetMove].map(numberCell),
      dayCell(lot.closesOn),
      lot.closesBy === 'none' ? '' : lot.closesBy,
    ]
  })
  return csvFile([head, ...rows])
}
