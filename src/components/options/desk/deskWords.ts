import type { DeskLot } from '../../../../workers/backtest/api.ts'
import { date, number, percent } from '../../../charts/format.ts'

const by: Record<DeskLot['closesBy'], string> = {
  horizon: 'horizon',
  expiry: 'expiry',
  roll: 'roll',
  none: '',
}

/** “14 Feb 2025, roll”; “–” where nothing but stop, target or a signal closes it. */
export function closesWords({ closesOn, closesBy }: Pick<DeskLot, 'closesOn' | 'closesBy'>): string {
  return closesOn > 0 ? `${date(closesOn)}${by[closesBy] && `, ${by[closesBy]}`}` : '–'
}

/** “+3.2 %”: how far the share would have to go for a level today; “out of reach” where no move of it does. */
export function moveWords(level: number, move: number): string {
  if (!Number.isFinite(level)) return ''
  return Number.isFinite(move) ? `share ${percent(move, { signed: true })}` : 'out of reach of the share'
}

/** Points of volatility: 0.05 → “+5”. */
export function pointsText(vol: number): string {
  return number(100 * vol, { digits: Number.isInteger(Math.round(1e6 * vol) / 1e4) ? 0 : 1, signed: true })
}
