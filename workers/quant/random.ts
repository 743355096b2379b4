/**
 * Seeded random numbers: the small fast counting generator sfc32 (C. Doty-Humphrey, PractRand), its 128 bits
 * of state filled by splitmix32 and stirred. Integer arithmetic only, so that a seed gives the same numbers
 * on every machine. Not for secrets.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /**
   * @param seed any whole number up to 2⁵³ in size
   * @param stream numbers of different streams of one seed are independent of each other
   */
  constructor(seed: number, stream = 0) {
    const mix = splitmix32(seed | 0)
    this.a = mix() ^ Math.trunc(seed / 4294967296)
    this.b = mix() ^ splitmix32(stream)()
    this.c = mix()
    for (let i = 0; i < 15; i++) this.bits()
  }

  /** All that the next numbers depend on, as four signed 32-bit integers. */
  get state(): [number, number, number, number] {
    return [this.a, this.b, this.c, this.counter]
  }

  /** Goes on where another generator stood. */
  set state(state: [number, number, number, number]) {
    ;[this.a, this.b, this.c, this.counter] = state
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum
  }

  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992
  }

  /** Uniform whole number in 0 … n − 1; the bias, below n ÷ 2⁵³, cannot be observed. */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** Shuffles in place (Fisher & Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const kept = values[i]
      values[i] = values[j]
      values[j] = kept
    }
    return values
  }
}

/** Steele, Lea & Flood 2014, 32-bit form: fills a state from a seed that may have few bits set. */
function splitmix32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
}
