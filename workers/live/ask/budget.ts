/** Units that were spent at a moment. */
export interface Charge {
  /** Epoch milliseconds. */
  at: number
  units: number
}

export interface Allowance {
  /** Units that may be spent in any `perMs`. */
  units: number
  perMs: number
}

/** What was spent of an allowance, in a window that slides. */
export class Budget {
  private charges: Charge[]

  constructor(charges: readonly Charge[] = []) {
    this.charges = charges.map((charge) => ({ ...charge }))
  }

  /** Units spent within the window that ends now. */
  spent(now: number, { perMs }: Allowance): number {
    return this.charges.reduce((sum, { at, units }) => (at + perMs > now ? sum + units : sum), 0)
  }

  /** Milliseconds until `cost` can be spent: 0 = now, Infinity = it is more than the whole allowance. */
  wait(cost: number, now: number, allowance: Allowance): number {
    if (cost > allowance.units) return Infinity
    let over = this.spent(now, allowance) + cost - allowance.units
    if (over <= 0) return 0
    const inWindow = this.charges.filter(({ at }) => at + allowance.perMs > now).sort((a, b) => a.at - b.at)
    for (const { at, units } of inWindow) {
      over -= units
      if (over <= 0) return at + allowance.perMs - now
    }
    return 0
  }

  /** The caller keeps what `kept` gives before anything is asked. */
  spend(units: number, now: number, { perMs }: Allowance): Charge {
    this.charges = this.charges.filter(({ at }) => at + perMs > now)
    const charge = { at: now, units }
    this.charges.push(charge)
    return charge
  }

  /** The source counts a request when it comes in there, at the latest when it has answered. */
  answered(charge: Charge, now: number): void {
    charge.at = Math.max(charge.at, now)
  }

  refund(charge: Charge): void {
    this.charges = this.charges.filter((other) => other !== charge)
  }

  kept(): Charge[] {
    return this.charges.map((charge) => ({ ...charge }))
  }
}
