import type { Platform } from './platform.ts'

/** Calls `tell` after the first `touch`, `afterMs` later and once however often it was touched meanwhile. */
export class Throttle {
  private waiting = false

  constructor(
    private readonly platform: Pick<Platform, 'after'>,
    private readonly afterMs: number,
    private readonly tell: () => void,
  ) {}

  touch(): void {
    if (this.waiting) return
    this.waiting = true
    this.platform.after(this.afterMs, () => {
      this.waiting = false
      this.tell()
    })
  }
}
