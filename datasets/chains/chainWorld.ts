import { BENCHMARK } from '../companies.ts'
import { createRandom } from '../random.ts'
import type { RegimeWorld } from '../regimes.ts'
import type { Skew } from './surface.ts'

/** Yearly rate at which everybody lends and borrows, continuously compounded. */
export const RATE = 0.03

/** How mispriced contracts come and go; drawn once per seed. */
export interface MispricingWorld {
  /** Chance that a fair strike near the money becomes mispriced from one quote day to the next. */
  onset: number
  /** Usual size in half-spreads of the contract. */
  size: number
  /** Weeks before a mispricing begins to go. */
  lag: number
  /** Weeks after which half of it is gone. */
  halfLife: number
  /** Share that goes; the rest stays until the contract expires, and looks the same at first. */
  shareReverting: number
  /** Whether later quotes keep answering to mispricings; as for the regimes of prices. */
  fate: RegimeWorld['fate']
  turningDay: number
}

/** How the market prices the options of one symbol. */
export interface SurfaceWorld extends Skew {
  /** Implied over expected volatility: what sellers of options are paid. */
  premium: number
  /** Half of the relative spread at a delta of a half. */
  halfSpread: number
}

export interface ChainWorld {
  rate: number
  mispricing: MispricingWorld
  /** By symbol. */
  surfaces: Record<string, SurfaceWorld>
}

/** @param days of the market */
export function drawChainWorld(seed: number, days: number, symbols: readonly string[]): ChainWorld {
  const random = createRandom(seed, 'chain world')
  const fate = random.uniform()
  const mispricing: MispricingWorld = {
    onset: random.between(0.02, 0.035),
    size: random.between(5, 6.5),
    lag: random.below(2),
    halfLife: random.between(0.5, 1.1),
    shareReverting: random.between(0.7, 0.85),
    fate: fate < 0.6 ? 'lasting' : fate < 0.8 ? 'fading' : 'reversing',
    turningDay: Math.floor(days * random.between(0.4, 0.6)),
  }
  const surfaces = symbols.map((symbol): [string, SurfaceWorld] => [symbol, drawSurface(seed, symbol)])
  return { rate: RATE, mispricing, surfaces: Object.fromEntries(surfaces) }
}

/** The index has the steeper smile, the larger premium and the narrower spreads. */
function drawSurface(seed: number, symbol: string): SurfaceWorld {
  const random = createRandom(seed, `chain surface ${symbol}`)
  const index = symbol === BENCHMARK.symbol
  return {
    correlation: index ? random.between(-0.7, -0.55) : random.between(-0.4, -0.2),
    curvature: index ? random.between(0.7, 0.9) : random.between(0.8, 1.2),
    premium: index ? random.between(1.06, 1.14) : random.between(1.02, 1.08),
    halfSpread: index ? random.between(0.005, 0.008) : random.between(0.008, 0.013),
  }
}
