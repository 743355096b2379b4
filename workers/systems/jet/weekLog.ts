import { isHidden, medianOf, usualOver } from './hiddenWeeks.ts'

/** Weeks without a usual number cannot be called busy or quiet. */
const leastSeen = 8

/** The weeks of one company as far as they are known; arrays by week since `first`. */
export class WeekLog {
  readonly legs: Int32Array
  /** landings at a known airport, those new to the company, their kilometres from headquarters, at other headquarters */
  readonly landings: Int32Array
  readonly novel: Int32Array
  readonly away: Float64Array
  readonly visits: Int32Array
  /** (legs − median) ÷ max(MAD, 1) over the 26 weeks before that showed something; NaN while too few are */
  private readonly scores: Float64Array
  private readonly hidden: Uint8Array
  /** the week of the first leg, and the last week whose score is settled, both from `first` on */
  private begins = Infinity
  private settled = -1
  private readonly seen: number[] = []

  /** @param first number of the first week; @param weeks how many there can be */
  constructor(
    readonly first: number,
    weeks: number,
  ) {
    this.legs = new Int32Array(weeks)
    this.landings = new Int32Array(weeks)
    this.novel = new Int32Array(weeks)
    this.away = new Float64Array(weeks)
    this.visits = new Int32Array(weeks)
    this.scores = new Float64Array(weeks).fill(NaN)
    this.hidden = new Uint8Array(weeks)
  }

  /** A leg of a week, settled or not, has become known. */
  add(week: number): void {
    const at = week - this.first
    this.legs[at]++
    if (at < this.begins || at <= this.settled) this.unsettle()
    this.begins = Math.min(this.begins, at)
  }

  /** Settles all weeks before this one. */
  settle(before: number): void {
    const end = Math.min(before - this.first, this.legs.length)
    if (this.begins === Infinity) return
    for (let at = Math.max(this.settled + 1, this.begins); at < end; at++) {
      this.scores[at] = this.scoreOf(this.legs[at])
      this.hidden[at] = Number(isHidden(this.legs[at], this.seen))
      if (!this.hidden[at]) this.seen.push(this.legs[at])
      this.settled = at
    }
  }

  score(week: number): number {
    const at = week - this.first
    return at >= 0 && at <= this.settled ? this.scores[at] : NaN
  }

  isHidden(week: number): boolean {
    const at = week - this.first
    return at >= 0 && at <= this.settled && this.hidden[at] === 1
  }

  /** Whether the company had been seen by the end of the week. */
  hasBegun(week: number): boolean {
    return week - this.first >= this.begins
  }

  /** How unusual so many legs in seven days are, after the settled weeks. */
  scoreOf(legs: number): number {
    const { seen } = this
    if (seen.length < leastSeen) return NaN
    const usual = seen.slice(-usualOver)
    const median = medianOf(usual)
    const mad = medianOf(usual.map((count) => Math.abs(count - median)))
    return (legs - median) / Math.max(1, mad)
  }

  private unsettle(): void {
    this.settled = -1
    this.seen.length = 0
    this.scores.fill(NaN)
    this.hidden.fill(0)
  }
}
