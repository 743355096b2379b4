/** Two jets at one airport within so many minutes of each other may have brought people who met. */
const togetherMinutes = 48 * 60
/** Minutes over which an airport's guests are counted. */
const guestMinutes = 180 * 1440

/** Who has landed at one airport lately, as far as it is known by now. */
export class Airfield {
  /** by company, its newest landing, in minutes */
  private readonly newest = new Map<number, number>()

  land(company: number, at: number): void {
    const before = this.newest.get(company)
    if (before === undefined || at > before) this.newest.set(company, at)
  }

  /** Whether another of the tracked companies has landed within 48 hours of `at`. */
  isShared(company: number, at: number): boolean {
    for (const [other, landed] of this.newest)
      if (other !== company && Math.abs(at - landed) <= togetherMinutes) return true
    return false
  }

  /** Number of companies, but for this one, with a landing in the half year before. */
  guests(company: number, at: number): number {
    let count = 0
    for (const [other, landed] of this.newest) if (other !== company && at - landed <= guestMinutes) count++
    return count
  }
}
