import { date, monthName } from './format.ts'

export interface Domain {
  min: number
  max: number
}

/** Smallest and largest finite value of all arrays between two indices; null when there is none. */
export function extent(arrays: ArrayLike<number>[], from = 0, to = Infinity): Domain | null {
  let min = Infinity
  let max = -Infinity
  for (const values of arrays) {
    const end = Math.min(to, values.length)
    for (let i = from; i < end; i++) {
      const value = values[i]
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  return min <= max ? { min, max } : null
}

const STEPS = [1, 2, 2.5, 5, 10]

/** Round ticks inside the domain, at most `target` of them. */
export function linearTicks({ min, max }: Domain, target: number): number[] {
  const span = max - min
  if (!(span > 0)) return [min]
  let power = 10 ** Math.floor(Math.log10(span / target))
  for (;;) {
    for (const factor of STEPS) {
      const step = factor * power
      const first = Math.ceil(min / step - 1e-9)
      const last = Math.floor(max / step + 1e-9)
      if (last - first + 1 <= target)
        return Array.from({ length: last - first + 1 }, (_, i) =>
          Number(((first + i) * step).toPrecision(12)),
        )
    }
    power *= 10
  }
}

/** Densest first: mantissas that stand at readable distances on a logarithmic axis. */
const MANTISSAS = [[1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]

/** Round ticks for a logarithmic axis; on a short one they are the linear ones. */
export function logTicks({ min, max }: Domain, target: number): number[] {
  if (max / min < 2) return linearTicks({ min, max }, target)
  for (const mantissas of MANTISSAS) {
    const ticks: number[] = []
    for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++)
      for (const mantissa of mantissas) {
        const tick = Number((mantissa * 10 ** power).toPrecision(12))
        if (tick >= min && tick <= max) ticks.push(tick)
      }
    if (ticks.length <= target) return ticks
  }
  const decades = Math.log10(max / min)
  const every = Math.ceil(decades / target)
  const first = Math.ceil(Math.log10(min) / every) * every
  return Array.from({ length: Math.floor(decades / every) + 1 }, (_, i) => 10 ** (first + i * every)).filter(
    (tick) => tick <= max,
  )
}

/** A domain with room above and below; logarithmic domains grow by a factor. */
export function padded({ min, max }: Domain, share: number, log = false): Domain {
  if (log) {
    const factor = (max / min) ** share
    return factor > 1 ? { min: min / factor, max: max * factor } : { min: min * 0.95, max: max * 1.05 }
  }
  const room = max > min ? (max - min) * share : Math.abs(max) * 0.05 || 1
  return { min: min - room, max: max + room }
}

/** Where a value lies in the domain, 0 at the bottom and 1 at the top. */
export function position(value: number, { min, max }: Domain, log = false): number {
  return log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)
}

export interface TimeTick {
  /** Epoch day. */
  day: number
  text: string
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240]
const DAY_STEPS = [1, 2, 7, 14]

/** First days of months or years (or days, when zoomed in), at most `target` of them; labels as short as can be. */
export function timeTicks(from: number, to: number, target: number): TimeTick[] {
  const start = new Date(from * 86_400_000)
  const firstMonth = start.getUTCFullYear() * 12 + start.getUTCMonth()
  const days = to - from
  if (days / 30 < target / 2 && days > 0) {
    const step = DAY_STEPS.find((candidate) => days / candidate <= target) ?? 30
    const ticks: TimeTick[] = []
    for (let day = Math.ceil(from / step) * step; day <= to; day += step)
      ticks.push({ day, text: date(day).slice(0, -5) })
    return ticks
  }
  const step = MONTH_STEPS.find((candidate) => days / 30.44 / candidate <= target) ?? 240
  const ticks: TimeTick[] = []
  for (let month = Math.ceil(firstMonth / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000
    if (day > to) return ticks
    // A range that starts on the first trading days of a month still shows that month.
    if (day >= from - 4)
      ticks.push({
        day: Math.max(day, from),
        text: month % 12 === 0 ? String(Math.floor(month / 12)) : monthName(month % 12),
      })
  }
}

/** First index whose value is not below `wanted`, in an ascending array. */
export function lowerBound(ascending: ArrayLike<number>, wanted: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}
