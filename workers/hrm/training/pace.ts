/** Weight of the newest duration in a running mean. */
const newest = 0.1

/** How fast a training goes, from how long its steps and validations took; pauses do not count. */
export class Pace {
  private readonly step = new RunningMean()
  private readonly validation = new RunningMean()

  tookStep(milliseconds: number): void {
    this.step.add(milliseconds)
  }

  tookValidation(milliseconds: number): void {
    this.validation.add(milliseconds)
  }

  /** 0 = not known yet. */
  get stepsPerSecond(): number {
    return this.step.value > 0 ? 1000 / this.step.value : 0
  }

  /** Seconds; null = not known yet. */
  timeLeft(steps: number, validations: number): number | null {
    if (this.stepsPerSecond === 0) return null
    return (steps * this.step.value + validations * this.validation.value) / 1000
  }
}

class RunningMean {
  /** 0 before anything was added. */
  value = 0
  private count = 0

  add(value: number): void {
    this.count += 1
    // The very first time everything is compiled: it counts only until there is a second.
    const weight = Math.max(newest, 1 / Math.max(1, this.count - 1))
    this.value += weight * (value - this.value)
  }
}
