export type PeriodLength = 'month' | 'quarter'

export interface Period {
  from: number
  to: number
  /** “March 2024”, “January to March 2024”. */
  name: string
}

const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
  'December',
] // prettier-ignore
const monthsOf: Record<PeriodLength, number> = { month: 1, quarter: 3 }

const firstOf = (month: number): number =>
  Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / 86_400_000

/** The month or quarter that a day lies in, or one so many later. */
export function periodOf(day: number, length: PeriodLength, later = 0): Period {
  const date = new Date(day * 86_400_000)
  const size = monthsOf[length]
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
  const first = month - (month % size) + later * size
  const last = first + size - 1
  const year = Math.floor(first / 12)
  const names = size === 1 ? months[first % 12] : `${months[first % 12]} to ${months[last % 12]}`
  return { from: firstOf(first), to: firstOf(last + 1) - 1, name: `${names} ${year}` }
}
