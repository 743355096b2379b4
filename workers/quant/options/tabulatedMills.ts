import { millsRatio } from '../normal.ts'

/** Table points per unit; a Taylor series of six terms leads from the nearest one. */
const PER_UNIT = 64
const FROM = -10
const TO = 4

const table = Float64Array.from({ length: (TO - FROM) * PER_UNIT + 1 }, (_, i) =>
  millsRatio(FROM + i / PER_UNIT),
)

/** Φ(x) ÷ φ(x) to a few units in the last place, without an exponential: several times as fast as `millsRatio`. */
export function tabulatedMills(x: number): number {
  if (!(x > FROM && x < TO)) return millsRatio(x)
  const i = Math.floor((x - FROM) * PER_UNIT + 0.5)
  const at = FROM + i / PER_UNIT
  const step = x - at
  // Each derivative by the two before: m′ = 1 + x m.
  const m = table[i]
  const first = 1 + at * m
  const second = m + at * first
  const third = 2 * first + at * second
  const fourth = 3 * second + at * third
  const fifth = 4 * third + at * fourth
  const sixth = 5 * fourth + at * fifth
  return (
    m +
    step *
      (first +
        step *
          (second / 2 +
            step * (third / 6 + step * (fourth / 24 + step * (fifth / 120 + (step * sixth) / 720)))))
  )
}
