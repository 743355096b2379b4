import type { Panel } from '../quant/panel.ts'
import type { Signals } from '../systems/system.ts'

/** @throws RangeError naming the row when signals are not ordered by day or point outside the panel */
export function checkSignals(panel: Panel, { day, symbol, direction }: Signals): void {
  const symbols = panel.symbols.length
  let previous = -Infinity
  for (let row = 0; row < day.length; row++) {
    if (day[row] < previous) {
      throw new RangeError(
        `Signals must be ordered by day: row ${row} is of day ${day[row]}, after ${previous}.`,
      )
    }
    previous = day[row]
    if (!(symbol[row] >= 0 && symbol[row] < symbols)) {
      throw new RangeError(`Signals row ${row}: symbol ${symbol[row]} is not one of the panel's ${symbols}.`)
    }
    if (!(direction[row] >= -1 && direction[row] <= 1)) {
      throw new RangeError(`Signals row ${row}: direction is ${direction[row]}, expected 1, −1 or 0.`)
    }
  }
}
