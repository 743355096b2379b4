import { negativeBinomial } from '../../datasets/demand/counts.ts'
import { createRandom } from '../../datasets/random.ts'
import { negativeBinomialTail } from '../../workers/quant/negativeBinomial.ts'
import { detect } from '../../workers/systems/tickets/detect.ts'
import { detectAnomalies } from '../../workers/systems/tickets/detectAnomalies.ts'
import type { TicketSeries } from '../../workers/systems/tickets/detection.ts'
import { discoveries } from '../../workers/systems/tickets/discoveries.ts'
import { median, print } from './figures.ts'

const products = 500
const days = 1826
const runs = 9
const week = [0.4, 1.2, 1.15, 1.1, 1, 0.9, 0.4]
const of = '500 products × 5 years'

/** Counts of 500 products over five years, 2 to 66 a day, with a weekly pattern. */
export function benchTicketDetection(): void {
  const series = manyProducts()
  const { value, offset } = series
  const each = Array.from({ length: products }, (_, i) => value.subarray(offset[i], offset[i + 1]))
  const weekdays = Uint8Array.from({ length: days }, (_, day) => day % 7)
  const rule = { window: 60, multiplier: 4, madFloor: 0.1 }
  time('median and MAD', 150, () => each.forEach((counts) => detectAnomalies(counts, rule)))
  time('median and MAD by weekday', 150, () =>
    each.forEach((counts) => detectAnomalies(counts, { ...rule, weekdays })),
  )
  const settings = { window: 60, madFloor: 0.1, weekdays: true, shifts: true }
  const detection = detect(series, settings)
  time('all of detection, tails and changes of level with it', undefined, () => detect(series, settings))
  const { expected, size } = detection
  time('tails alone', undefined, () =>
    value.forEach((count, at) => negativeBinomialTail(count, expected[at], size[at])),
  )
  time('false discoveries', 50, () => discoveries(detection, series, 0.1))
}

function time(what: string, target: number | undefined, run: () => void): void {
  run()
  const times = Array.from({ length: runs }, () => {
    const began = performance.now()
    run()
    return performance.now() - began
  })
  print(`Tickets: ${what}, ${of}, best`, Math.min(...times), 'ms', target)
  print(`Tickets: ${what}, ${of}, median`, median(times), 'ms', target)
}

function manyProducts(): TicketSeries {
  const value = new Float64Array(products * days)
  for (let i = 0; i < products; i++) {
    const random = createRandom(i, 'tickets of the bench')
    const mean = 2 * Math.exp(3.5 * random.uniform())
    for (let day = 0; day < days; day++)
      value[i * days + day] = negativeBinomial(mean * week[day % 7], 8, random)
  }
  const first = 18_000
  return {
    offset: Int32Array.from({ length: products + 1 }, (_, i) => i * days),
    first: new Int32Array(products).fill(first),
    value,
    known: Int32Array.from(value, (_, at) => first + (at % days) + 1),
    product: Int32Array.from({ length: products }, (_, i) => i),
    mood: new Uint8Array(products),
  }
}
