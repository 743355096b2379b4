/** Weight of the newest duration in the running mean. */
const newest = 0.1

/** How fast a training goes, from how long its steps and validations took; pauses do not count. */
export class Pace {
  private step: number | null = null
  private validation: number | null = null

  /** @param milliseconds of one step */
  tookStep(milliseconds: number): void {
    this.step = mean(this.step, milliseconds)
  }

  tookValidation(milliseconds: number): void {
    this.validation = mean(this.validation, milliseconds)
  }

  /** 0 = not known yet. */
  get stepsPerSecond(): number {
    return this.step ? 1000 / this.step : 0
  }

  /** Seconds; null = not known yet. */
  timeLeft(steps: number, validations: number): number | null {
    if (this.step === null) return null
    return (steps * this.step + validations * (this.validation ?? 0)) / 1000
  }
}

function mean(before: number | null, value: number): number {
  return before === null ? value : before + newest * (value - before)
}
