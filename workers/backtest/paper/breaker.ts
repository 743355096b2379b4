import type { RiskRules } from '../../systems/system.ts'
import { drawdownPause } from '../simulator.ts'
import { sameWithin } from '../sizing.ts'
import type { PaperView } from './contract.ts'

/**
 * Where the breakers stand after the last close of an equity curve: the rules are those of the simulation
 * (`simulate`), walked again because it keeps only what they did.
 *
 * @param equity [days] at each close, in money
 */
export function breakerOf(equity: Float64Array, { capital, breakers }: RiskRules): PaperView['breaker'] {
  const { dailyLoss = NaN, drawdown = NaN } = breakers ?? {}
  let peak = capital
  let previous = capital
  let shutUntil = -1
  let pausedUntil = -1
  let highest = capital
  let lossToday = 0
  equity.forEach((value, day) => {
    lossToday = 1 - value / previous
    highest = Math.max(highest, value)
    if (isDown(value, previous, dailyLoss)) shutUntil = Math.max(shutUntil, day + 1)
    if (day === pausedUntil || value > peak) peak = value
    if (day >= pausedUntil && isDown(value, peak, drawdown)) {
      pausedUntil = day + drawdownPause
      shutUntil = Math.max(shutUntil, pausedUntil)
    }
    previous = value
  })
  return {
    dailyLoss,
    drawdown,
    drawdownNow: 1 - previous / highest,
    lossToday: Math.max(0, lossToday),
    shut: shutUntil >= equity.length,
  }
}

const isDown = (equity: number, from: number, fraction: number): boolean =>
  equity - from * (1 - fraction) <= sameWithin * from
