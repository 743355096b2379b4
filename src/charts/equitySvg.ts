import { EQUITY, equityScales, spread } from './equityGeometry.ts'
import type { EquityData } from './equityGeometry.ts'
import { number, percent } from './format.ts'
import { position } from './scales.ts'

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** Most points per line: more than a screen has pixels would only make the page larger. */
const POINTS = 700

/**
 * The first picture of equity and drawdown as an SVG string: made at build and printed, on the pixels and
 * colours of `equityOption`, so that nothing moves when that replaces it. Stretches to any width: time runs
 * in percent, only the vertical axis is in pixels. Styled by `.equity-svg` of the base styles.
 */
export function equitySvg(data: EquityData, { log = true, label = 'Equity and drawdown' } = {}): string {
  const scales = equityScales(data, { log, zoom: null }, 900)
  if (!scales) return ''
  const { dates, split, capital } = data
  const from = dates[0]
  const span = dates[dates.length - 1] - from
  const rebase = 100 / capital
  const lowerTop = EQUITY.top + EQUITY.upper + EQUITY.gap
  const bottom = lowerTop + EQUITY.lower
  const across = (day: number): string => ((100 * (day - from)) / span).toFixed(2)
  const upperY = (value: number): number =>
    EQUITY.top + EQUITY.upper * (1 - position(value, scales.upper, scales.log))
  const lowerY = (value: number): number => lowerTop + EQUITY.lower * (1 - position(value, scales.lower))

  const path = (values: Float64Array, y: (value: number) => number, scale = 1): string => {
    const every = Math.max(1, Math.ceil(values.length / POINTS))
    let text = ''
    for (
      let i = 0;
      i < values.length;
      i = i === values.length - 1 ? values.length : Math.min(i + every, values.length - 1)
    )
      text += `${text ? 'L' : 'M'}${(10 * Number(across(dates[i]))).toFixed(1)} ${y(values[i] * scale).toFixed(1)}`
    return text
  }
  const stroke = (d: string, colour: string, width: number): string =>
    `<path d="${d}" fill="none" stroke="var(--${colour})" stroke-width="${width}" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>`
  const rule = (y: number, text: string): string =>
    `<line x1="0" x2="100%" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="var(--line)"/>` +
    `<text x="-8" y="${(y + 4).toFixed(1)}" text-anchor="end">${text}</text>`

  const hasBenchmark = data.benchmark.length > 0
  const lines = [
    hasBenchmark ? stroke(path(data.benchmark, upperY, rebase), 'bench', 1.2) : '',
    stroke(path(data.equity, upperY, rebase), 'accent', 1.8),
    `<path d="${path(data.drawdown, lowerY)}L1000 ${lowerTop}L0 ${lowerTop}Z" fill="var(--loss)" opacity="0.2"/>`,
    hasBenchmark ? stroke(path(data.benchmarkDrawdown, lowerY), 'bench', 1) : '',
    stroke(path(data.drawdown, lowerY), 'loss', 1),
  ]
  const ends = [data.equity.at(-1)! * rebase, ...(hasBenchmark ? [data.benchmark.at(-1)! * rebase] : [])]
  const names = ['Strategy', data.benchmarkName ?? 'Benchmark']
  const heights = spread(ends.map(upperY), 15)
  const direct = ends.map(
    (value, i) =>
      `<text class="direct" x="100%" dx="6" y="${(heights[i] + 4).toFixed(1)}" style="fill:var(--${i === 0 ? 'accent' : 'ink-3'})">` +
      `${escaped(names[i])} ${number(value, { digits: 0 })}</text>`,
  )
  const shade =
    split > 0 && split < dates.length
      ? `<rect x="${across(dates[split])}%" y="${EQUITY.top}" width="${(100 - Number(across(dates[split]))).toFixed(2)}%" height="${EQUITY.upper}" fill="var(--shade)"/>` +
        `<rect x="${across(dates[split])}%" y="${lowerTop}" width="${(100 - Number(across(dates[split]))).toFixed(2)}%" height="${EQUITY.lower}" fill="var(--shade)"/>` +
        `<text class="direct" style="font-weight:400" x="${across(dates[split])}%" dx="6" y="${EQUITY.top + 14}">Out of sample</text>`
      : ''
  return (
    `<svg class="equity-svg" height="${EQUITY.height}" role="img" aria-label="${escaped(label)}">${shade}` +
    scales.upperTicks.map((tick) => rule(upperY(tick), number(tick, { digits: 0 }))).join('') +
    scales.lowerTicks.map((tick) => rule(lowerY(tick), percent(tick, { digits: 0 }))).join('') +
    `<line x1="0" x2="100%" y1="${bottom}" y2="${bottom}" stroke="var(--line)"/>` +
    scales.time
      .map(
        ({ day, text }) =>
          `<line x1="${across(day)}%" x2="${across(day)}%" y1="${bottom}" y2="${bottom + 4}" stroke="var(--line-strong)"/>` +
          `<text x="${across(day)}%" y="${bottom + 18}" text-anchor="middle">${text}</text>`,
      )
      .join('') +
    `<svg width="100%" height="${EQUITY.height}" viewBox="0 0 1000 ${EQUITY.height}" preserveAspectRatio="none">${lines.join('')}</svg>` +
    `${direct.join('')}</svg>`
  )
}
