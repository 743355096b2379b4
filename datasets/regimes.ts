import { exp } from '../workers/quant/elementary.ts'
import type { Random } from './random.ts'

/** How prices answer to what has just happened to them; drawn once per seed. */
export interface RegimeWorld {
  /** Trending: a move with unusual volume is followed by more of it. Reverting: it is taken back. */
  trending: Response
  reverting: Response
  /** Mean number of trading days from the end of one episode of a symbol to the start of the next. */
  meanGap: number
  /** Shares of the episodes; the rest are innocent, the same to look at and followed by nothing. */
  shareTrending: number
  shareReverting: number
  /** Size of the moves that start an episode, in daily deviations of the symbol. */
  impulse: { from: number; to: number }
  fate: 'lasting' | 'fading' | 'reversing'
  /** Index of the day from which a fading world has no edge and a reversing one the opposite. */
  turningDay: number
}

export interface Response {
  /** Trading days between the move and the first day of the answer, 1 = the next day. */
  lag: number
  /** Expected return of the first day of the answer, in daily deviations of the symbol. */
  size: number
  /** Days after which the expected return has halved. */
  halfLife: number
  /** Days after which it is over. */
  length: number
  /** Mean of the log of unusual volume on the day of the move. */
  volume: number
}

export type EpisodeKind = 'trending' | 'reverting' | 'innocent'

export interface Episode {
  symbol: number
  kind: EpisodeKind
  /** Of the move that starts it: +1 up, −1 down. */
  direction: 1 | -1
  /** Index of the day of the move. */
  day: number
  /** Size of the move in daily deviations of the symbol. */
  impulse: number
  /** Log of the unusual volume of that day. */
  volume: number
}

/**
 * Expected return of the first day of an answer, in daily deviations, before the spread between worlds.
 * Set once so that the oracle's Sharpe ratio over five years is 1.3 in the long run of seeds.
 */
const RESPONSE_SIZE = 0.214

export function drawRegimeWorld(days: number, random: Random): RegimeWorld {
  const response = (volume: number): Response => {
    const halfLife = random.between(6, 16)
    return {
      lag: 1 + random.below(4),
      size: RESPONSE_SIZE * random.between(0.8, 1.25),
      halfLife,
      length: Math.floor(3 * halfLife),
      volume,
    }
  }
  const trending = response(random.between(0.6, 1))
  const reverting = response(random.between(0.1, 0.4))
  const fate = random.uniform()
  return {
    trending,
    reverting,
    meanGap: random.between(40, 80),
    shareTrending: random.between(0.2, 0.35),
    shareReverting: random.between(0.2, 0.35),
    impulse: { from: 1.5, to: random.between(3, 4) },
    fate: fate < 0.6 ? 'lasting' : fate < 0.8 ? 'fading' : 'reversing',
    turningDay: Math.floor(days * random.between(0.4, 0.6)),
  }
}

/** The episodes of one symbol up to and without `endDay`, in order, never two at once. */
export function drawEpisodes(symbol: number, endDay: number, world: RegimeWorld, random: Random): Episode[] {
  const episodes: Episode[] = []
  let day = Math.floor(random.exponential(world.meanGap))
  while (day < endDay) {
    const u = random.uniform()
    const kind: EpisodeKind =
      u < world.shareTrending
        ? 'trending'
        : u < world.shareTrending + world.shareReverting
          ? 'reverting'
          : 'innocent'
    // An innocent move looks like one of the two others.
    const looks = kind === 'innocent' ? (random.chance(0.5) ? 'trending' : 'reverting') : kind
    const { length, volume } = world[looks]
    episodes.push({
      symbol,
      kind,
      direction: random.chance(0.5) ? 1 : -1,
      day,
      impulse: random.between(world.impulse.from, world.impulse.to),
      volume: volume + 0.25 * random.normal(),
    })
    day += length + 1 + Math.floor(random.exponential(world.meanGap))
  }
  return episodes
}

/** [length] expected return on the k-th day of an answer, as a fraction of its first day's. */
export function answerShape(response: Response): Float64Array {
  const shape = new Float64Array(response.length)
  const decay = exp(-0.6931471805599453 / response.halfLife)
  let value = 1
  for (let k = 0; k < shape.length; k++) {
    shape[k] = value
    value *= decay
  }
  return shape
}

/** [days] the expected return that the episodes of one symbol leave, before strength and fate. */
export function expectedReturns(
  episodes: readonly Episode[],
  deviation: number,
  endDay: number,
  days: number,
  world: RegimeWorld,
): Float64Array {
  const expected = new Float64Array(days)
  for (const { kind, direction, day } of episodes) {
    if (kind === 'innocent') continue
    const response = world[kind]
    const first = (kind === 'trending' ? direction : -direction) * response.size * deviation
    const shape = answerShape(response)
    for (let k = 0; k < shape.length; k++) {
      const at = day + response.lag + k
      if (at < endDay) expected[at] = expected[at] + first * shape[k]
    }
  }
  return expected
}

/** What is left of the edge on a day: 1 whole, 0 gone, −1 the opposite. */
export function edgeOn(day: number, world: Pick<RegimeWorld, 'fate' | 'turningDay'>): number {
  if (world.fate === 'lasting' || day < world.turningDay) return 1
  return world.fate === 'fading' ? 0 : -1
}

/**
 * Scales predictability and nothing else: what the past foretells is weakened to `weight` (−1 … 1), the
 * rest of its variance comes from the same values on permuted days. At weight 0 the same returns are all
 * there, linked to nothing.
 * @param expected [days] expected returns; changed in place on the days before `endDay`
 * @param weight by day
 */
export function scalePredictability(
  expected: Float64Array,
  endDay: number,
  weight: (day: number) => number,
  random: Random,
): void {
  const permuted = random.shuffle(expected.slice(0, endDay))
  for (let day = 0; day < endDay; day++) {
    const w = weight(day)
    expected[day] = w * expected[day] + Math.sqrt(1 - w * w) * permuted[day]
  }
}
