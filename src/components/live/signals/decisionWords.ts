import type { Decision } from '../../../../workers/backtest/api.ts'
import { count, percent, price } from '../../../charts/format.ts'
import { directionWords } from '../../../state/signalWords.ts'

/** What is to be done with it, as far as the system says: “stop 8.0 % below, held at most 20 bars”. */
export function planWords(decision: Decision): string {
  const { direction, stop, target, stopFraction, targetFraction, size, horizon } = decision
  if (direction === 0) return 'what is held is closed at the next open'
  const level = (name: string, at: number, fraction: number, sign: number): string =>
    Number.isFinite(at)
      ? `${name} ${price(at)}`
      : Number.isFinite(fraction)
        ? `${name} ${percent(fraction)} ${sign > 0 ? 'above' : 'below'}`
        : ''
  return [
    Number.isFinite(size) ? `${percent(size)} of equity` : '',
    level('stop', stop, stopFraction, -direction),
    level('target', target, targetFraction, direction),
    horizon > 0 ? `held at most ${count(horizon, 'bar')}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** A decision in one line, for the label of a button. */
export const decisionName = ({ symbol, direction }: Decision): string =>
  `${symbol} ${directionWords[direction].slice(2)}`
