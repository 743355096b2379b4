import type { ArbitrageFinding } from '../../../../workers/backtest/api.ts'
import { date, number } from '../../../charts/format.ts'

/**
 * A finding as a sentence.
 *
 * @param forward of its expiry
 */
export function arbitrageSentence({ kind, expiry, at, amount }: ArbitrageFinding, forward: number): string {
  const strike = number(forward * Math.exp(at), { digits: 0 })
  const size = number(Math.abs(amount), { digits: Math.abs(amount) < 0.1 ? 4 : 2 })
  return kind === 'butterfly'
    ? `Butterfly: around a strike of ${strike} the smile of ${date(expiry)} gives a probability below zero (${size} below).`
    : `Calendar: around a strike of ${strike} the total variance of ${date(expiry)} is lower than that of the expiry before it (by ${size}).`
}
