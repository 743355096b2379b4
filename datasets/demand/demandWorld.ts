import { exp } from '../../workers/quant/elementary.ts'
import type { Random } from '../random.ts'

/** What customers do before the share answers, and how it answers; drawn once per seed. */
export interface DemandWorld {
  /** A product goes wrong: the share falls. A wave of adoption: it rises. */
  trouble: DriftAnswer
  wave: DriftAnswer
  /** Peak rise of the tickets in a spell of severity 1, as a multiple of their usual number. */
  growth: number
  /** Mean number of trading days from the end of one spell of a company to the start of the next. */
  meanGap: number
  fate: 'lasting' | 'fading' | 'reversing'
  /** Index of the day from which a fading world has no edge and a reversing one the opposite. */
  turningDay: number
}

export interface DriftAnswer {
  /** Trading days from the first day of the spell to the first day of the answer. */
  lag: number
  /** Expected log return of the first ten days of the answer to a spell of severity 1, without its sign. */
  size: number
  /** Trading days after which the expected return has halved. */
  halfLife: number
  /** Trading days after which it is over. */
  length: number
}

/** Before the spread between worlds. */
const DRIFT = 0.03
/** Chances of the fates, and where in the market, as a share of its days, a world turns. */
export const SHARE_FADING = 0.12
export const SHARE_REVERSING = 0.12
export const TURNING = { from: 0.4, to: 0.6 }

export function drawDemandWorld(days: number, random: Random): DemandWorld {
  const answer = (): DriftAnswer => {
    const halfLife = random.between(5, 9)
    return {
      lag: 3 + random.below(3),
      size: DRIFT * random.between(0.85, 1.15),
      halfLife,
      length: Math.floor(3 * halfLife),
    }
  }
  const trouble = answer()
  const wave = answer()
  const fate = random.uniform()
  return {
    trouble,
    wave,
    growth: random.between(1.8, 2.6),
    meanGap: random.between(22, 30),
    fate: fate < SHARE_FADING ? 'fading' : fate < SHARE_FADING + SHARE_REVERSING ? 'reversing' : 'lasting',
    turningDay: Math.floor(days * random.between(TURNING.from, TURNING.to)),
  }
}

/** [length] expected log return on the k-th day of an answer to a spell of severity 1, without its sign. */
export function answerReturns({ size, halfLife, length }: DriftAnswer): Float64Array {
  const returns = new Float64Array(length)
  const decay = exp(-0.6931471805599453 / halfLife)
  let value = 1
  let firstTen = 0
  for (let k = 0; k < length; k++) {
    returns[k] = value
    if (k < 10) firstTen += value
    value *= decay
  }
  for (let k = 0; k < length; k++) returns[k] *= size / firstTen
  return returns
}

/** What is left of the edge on a day: 1 whole, 0 gone, −1 the opposite. */
export function demandEdgeOn(day: number, world: DemandWorld): number {
  if (world.fate === 'lasting' || day < world.turningDay) return 1
  return world.fate === 'fading' ? 0 : -1
}
