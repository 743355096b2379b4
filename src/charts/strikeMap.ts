import type { Strikemap } from '../../workers/backtest/api.ts'
import { date, number, percent } from './format.ts'
import { linearTicks, lowerBound, padded, position, type Domain } from './scales.ts'

export type StrikeScale = 'strike' | 'moneyness' | 'delta'

/** What of a chain is drawn. */
export interface StrikeChoice {
  rights: 'both' | 'calls' | 'puts'
  scale: StrikeScale
  /** Only strikes from four fifths to five quarters of the share's price. */
  near: boolean
}

/** Contracts of one expiry and right, in the order of x. */
export interface Lane {
  /** Index into `expiries`. */
  expiry: number
  right: 1 | -1
  top: number
  height: number
  /** Rows of the map, and where they stand; pixels. */
  rows: Int32Array
  x: Float64Array
  /** Width of a cell that leaves its neighbours free; pixels. */
  cell: number
}

export interface StrikePicture {
  lanes: Lane[]
  plot: { left: number; top: number; width: number; height: number }
  expiryTicks: { at: number; text: string; days: string }[]
  xTicks: { at: number; text: string }[]
  xTitle: string
  /** The share's price (the money, on the scale of deltas); NaN where it is out of sight. */
  spot: number
  /** Height of the whole. */
  height: number
  /** Rows of the map that are drawn. */
  drawn: number
}

const TOP = 18
const BOTTOM = 42
const GAP = 3
const LETTER = 6.4
const nearFrom = 0.8
const nearTo = 1.25

/** Where a row stands on the scale; NaN where it cannot be said. */
function place(map: Strikemap, row: number, scale: StrikeScale): number {
  const strike = map.strike[row]
  if (scale === 'strike') return strike
  if (scale === 'moneyness') return Math.log(strike / (map.expiries[map.expiryOf[row]]?.forward ?? NaN))
  // A put has the delta of the call of its strike, less one. Strikes grow to the right, so deltas fall.
  const delta = map.delta[row]
  return -(map.right[row] === 1 ? delta : 1 + delta)
}

/** Whether there are strikes away from the money, so that looking near it makes a difference. */
export function hasFarStrikes({ strike, spot }: Strikemap): boolean {
  return strike.some((each) => each < nearFrom * spot || each > nearTo * spot)
}

/** Whether a row is among what was chosen to be looked at. */
export function isChosen(
  { right, strike, spot }: Strikemap,
  row: number,
  { rights, near }: StrikeChoice,
): boolean {
  if (rights !== 'both' && (right[row] === 1) !== (rights === 'calls')) return false
  const share = strike[row] / spot
  return !near || (share >= nearFrom && share <= nearTo)
}

/**
 * A chain as lanes of cells, one lane for each expiry and right, earliest on top. Null where there is nothing to draw.
 *
 * @param width pixels
 */
export function strikePicture(map: Strikemap, choice: StrikeChoice, width: number): StrikePicture | null {
  const byLane = new Map<number, { row: number; at: number }[]>()
  const domain: Domain = { min: Infinity, max: -Infinity }
  let drawn = 0
  for (let row = 0; row < map.strike.length; row++) {
    const expiry = map.expiryOf[row]
    if (expiry < 0 || !isChosen(map, row, choice)) continue
    const at = place(map, row, choice.scale)
    if (!Number.isFinite(at)) continue
    const lane = 2 * expiry + (map.right[row] === 1 ? 0 : 1)
    const of = byLane.get(lane)
    if (of) of.push({ row, at })
    else byLane.set(lane, [{ row, at }])
    domain.min = Math.min(domain.min, at)
    domain.max = Math.max(domain.max, at)
    drawn++
  }
  if (drawn === 0) return null
  const room = choice.scale === 'delta' ? { min: -1, max: 0 } : padded(domain, 0.02)
  const laneHeight = Math.max(7, Math.min(20, Math.floor(560 / byLane.size)))
  const left = width < 560 ? 66 : 108
  const plotWidth = Math.max(1, width - left - 8)
  const pixel = (at: number): number => left + plotWidth * position(at, room)

  const lanes: Lane[] = []
  const expiryTicks: StrikePicture['expiryTicks'] = []
  let top = TOP
  let lastTick = -Infinity
  map.expiries.forEach(({ expiry }, index) => {
    const begin = top
    for (const right of [1, -1] as const) {
      const of = byLane.get(2 * index + (right === 1 ? 0 : 1))
      if (!of) continue
      of.sort((a, b) => a.at - b.at)
      const x = Float64Array.from(of, ({ at }) => pixel(at))
      lanes.push({
        expiry: index,
        right,
        top,
        height: laneHeight,
        rows: Int32Array.from(of, ({ row }) => row),
        x,
        cell: cellWidth(x),
      })
      top += laneHeight
    }
    if (top === begin) return
    const middle = (begin + top) / 2
    if (middle - lastTick >= 13) {
      const text = date(expiry)
      expiryTicks.push({
        at: middle,
        text: width < 560 ? text.replace(/ 20(\d\d)$/, ' $1') : text,
        days: width < 560 ? '' : `${expiry - map.day}`,
      })
      lastTick = middle
    }
    top += GAP
  })
  const bottom = top
  // Lanes with few strikes have room for wide cells, which would outweigh all others.
  const cells = lanes.map(({ cell }) => cell).sort((a, b) => a - b)
  const widest = Math.max(3, 1.5 * cells[Math.floor(cells.length / 2)])
  for (const lane of lanes) lane.cell = Math.min(lane.cell, widest)
  const money = choice.scale === 'strike' ? map.spot : choice.scale === 'moneyness' ? 0 : -0.5
  const spot = pixel(money)
  return {
    lanes,
    plot: { left, top: TOP, width: plotWidth, height: bottom - TOP },
    expiryTicks,
    xTicks: xTicks(choice.scale, room, plotWidth).map(({ value, text }) => ({ at: pixel(value), text })),
    xTitle: { strike: 'Strike', moneyness: 'Strike ÷ forward', delta: 'Delta of the call' }[choice.scale],
    spot: spot >= left && spot <= left + plotWidth ? spot : NaN,
    height: bottom + BOTTOM,
    drawn,
  }
}

function xTicks(scale: StrikeScale, domain: Domain, width: number): { value: number; text: string }[] {
  const target = Math.max(2, Math.floor(width / 90))
  if (scale === 'delta')
    return [0.95, 0.75, 0.5, 0.25, 0.05].map((delta) => ({ value: -delta, text: number(delta) }))
  if (scale === 'strike')
    return linearTicks(domain, target).map((value) => ({
      value,
      text: number(value, { digits: Number.isInteger(value) ? 0 : 2 }),
    }))
  // Ticks at round fractions of the forward.
  return linearTicks({ min: Math.exp(domain.min), max: Math.exp(domain.max) }, target)
    .filter((share) => share > 0)
    .map((share) => ({
      value: Math.log(share),
      text: percent(share, { digits: Number.isInteger(share * 100) ? 0 : 1 }),
    }))
    .filter(
      ({ value }, i, all) =>
        i === 0 || (value - all[i - 1].value) * width > LETTER * (domain.max - domain.min),
    )
}

/** Three quarters of what most neighbours have between them. */
function cellWidth(x: Float64Array): number {
  const steps = Float64Array.from(x.subarray(1), (value, i) => value - x[i]).sort()
  const usual = steps.length > 0 ? steps[Math.floor(steps.length / 4)] : 16
  return Math.max(1.5, Math.min(16, usual > 5 ? usual - 1 : usual * 0.9))
}

/** Lane and place in it of a row that is drawn; null where it is not. */
export function findRow({ lanes }: StrikePicture, row: number): { lane: number; at: number } | null {
  for (let lane = 0; lane < lanes.length; lane++) {
    const at = lanes[lane].rows.indexOf(row)
    if (at >= 0) return { lane, at }
  }
  return null
}

function nearest({ rows, x }: Lane, wanted: number): number {
  const above = Math.min(lowerBound(x, wanted), x.length - 1)
  const at = above > 0 && wanted - x[above - 1] < x[above] - wanted ? above - 1 : above
  return rows[at]
}

/** Row of the contract nearest to a point; −1 outside of the plot. */
export function rowAt({ lanes, plot }: StrikePicture, x: number, y: number): number {
  if (x < plot.left - 8 || x > plot.left + plot.width + 8) return -1
  const lane = lanes.find(({ top, height }) => y >= top && y < top + height + GAP)
  return lane ? nearest(lane, x) : -1
}

/** Where a key leads from a contract; the edge holds. Null for a key that does not move. */
export function rowAfter(key: string, row: number, picture: StrikePicture): number | null {
  const { lanes } = picture
  const found = findRow(picture, row)
  if (!found)
    return ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)
      ? startRow(picture)
      : null
  const lane = lanes[found.lane]
  const along = (at: number): number => lane.rows[Math.max(0, Math.min(lane.rows.length - 1, at))]
  const across = (to: number): number =>
    nearest(lanes[Math.max(0, Math.min(lanes.length - 1, to))], lane.x[found.at])
  switch (key) {
    case 'ArrowLeft':
      return along(found.at - 1)
    case 'ArrowRight':
      return along(found.at + 1)
    case 'ArrowUp':
      return found.lane === 0 ? row : across(found.lane - 1)
    case 'ArrowDown':
      return found.lane === lanes.length - 1 ? row : across(found.lane + 1)
    case 'Home':
      return along(0)
    case 'End':
      return along(lane.rows.length - 1)
    default:
      return null
  }
}

/** The contract of the first expiry that is nearest to the money. */
export function startRow({ lanes, spot, plot }: StrikePicture): number {
  return nearest(lanes[0], Number.isFinite(spot) ? spot : plot.left + plot.width / 2)
}
