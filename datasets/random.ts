import { exp, log } from '../workers/quant/elementary.ts'

/** A seeded stream of random numbers; the same seed and label give the same numbers on every machine. */
export interface Random {
  /** Uniform on (0, 1), 53 bits, never 0. */
  uniform(this: void): number
  /** Uniform between two values. */
  between(this: void, low: number, high: number): number
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  chance(probability: number): boolean
  normal(): number
  /** Student's t with `freedom` > 2 degrees of freedom, scaled to variance 1. */
  student(freedom: number): number
  exponential(mean: number): number
  /** Permutes in place (Fisher–Yates). */
  shuffle<T extends Float64Array | unknown[]>(items: T): T
}

/**
 * Every ingredient of the market draws from a stream of its own, so that adding an ingredient leaves the
 * others as they were. Generator: xoshiro128** (Blackman and Vigna, 2018), seeded by a hash of the label.
 */
export function createRandom(seed: number, label: string): Random {
  let state = (seed ^ 0x9e3779b9) | 0
  state = mix(state + Math.floor(seed / 0x100000000))
  for (let i = 0; i < label.length; i++) state = mix(state ^ Math.imul(label.charCodeAt(i) + i, 0x85ebca6b))
  const next4 = () => {
    state = (state + 0x9e3779b9) | 0
    return mix(state)
  }
  let a = next4()
  let b = next4()
  let c = next4()
  let d = next4() | 1

  const next = () => {
    const scrambled = Math.imul(b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6) + 0.5) / 9007199254740992

  let spare = NaN
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (n) => Math.floor(uniform() * n),
    chance: (probability) => uniform() < probability,
    normal() {
      if (spare === spare) {
        const value = spare
        spare = NaN
        return value
      }
      // Marsaglia's polar method: no sine, no cosine.
      for (;;) {
        const u = 2 * uniform() - 1
        const v = 2 * uniform() - 1
        const w = u * u + v * v
        if (w >= 1 || w === 0) continue
        const scale = Math.sqrt((-2 * log(w)) / w)
        spare = v * scale
        return u * scale
      }
    },
    student(freedom) {
      // Bailey (1994), the polar method for Student's t.
      for (;;) {
        const u = 2 * uniform() - 1
        const v = 2 * uniform() - 1
        const w = u * u + v * v
        if (w >= 1 || w === 0) continue
        return u * Math.sqrt(((freedom - 2) * (exp((-2 / freedom) * log(w)) - 1)) / w)
      }
    },
    exponential: (mean) => -mean * log(uniform()),
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1))
        const kept = items[i]
        items[i] = items[j]
        items[j] = kept
      }
      return items
    },
  }
}

/** Finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
