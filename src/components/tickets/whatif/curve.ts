import { extent, linearTicks, type Domain } from '../../../charts/scales.ts'

/** One line over the positions of a slider; NaN = not tried, or not to be told. */
export interface Curve {
  name: string
  values: number[]
  low?: number[]
  high?: number[]
  /** How it is drawn. */
  kind: 'main' | 'second' | 'chance'
}

/** Nought, and as far as the curves reach. */
export function domainOf(curves: Curve[], most?: number): Domain {
  if (most !== undefined) return { min: 0, max: most }
  const found = extent(curves.flatMap(({ values, high }) => (high ? [values, high] : [values])))
  const max = found && found.max > 0 ? found.max : 1
  return { min: Math.min(0, found?.min ?? 0), max: max * 1.08 }
}

export const ticksOf = (domain: Domain): number[] => linearTicks(domain, 4)

/** SVG path of a line with holes where nothing is told. @param y pixels of a value */
export function linePath(values: number[], x: (i: number) => number, y: (value: number) => number): string {
  let path = ''
  let open = false
  values.forEach((value, i) => {
    if (Number.isFinite(value)) path += `${open ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
    open = Number.isFinite(value)
  })
  return path
}

/** The surface between two lines, one piece for each stretch that is told. */
export function bandPath(
  low: number[],
  high: number[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let start = -1
  for (let i = 0; i <= low.length; i++) {
    const told = i < low.length && Number.isFinite(low[i]) && Number.isFinite(high[i])
    if (told && start < 0) start = i
    if (told || start < 0) continue
    const stretch = Array.from({ length: i - start }, (_, k) => start + k)
    const point = (values: number[]) => (k: number) => `${x(k).toFixed(1)} ${y(values[k]).toFixed(1)}`
    path += `M${[...stretch.map(point(high)), ...stretch.reverse().map(point(low))].join('L')}Z`
    start = -1
  }
  return path
}
