import type { NumberSpec, Unit } from '../../../workers/systems/api.ts'

/** How many of the shown unit one stored unit is: fractions are shown as percent. */
const factor = (unit: Unit): number => (unit === 'fraction' ? 100 : 1)

const SUFFIX: Record<Unit, string> = {
  fraction: '%',
  bps: 'bps',
  days: 'days',
  dollars: '$',
  multiple: '×',
  count: '',
  plain: '',
}

export const suffixOf = (spec: NumberSpec): string => SUFFIX[spec.unit]

/** Digits after the point that the step needs. */
function digitsOf(spec: NumberSpec): number {
  const step = Number((spec.step * factor(spec.unit)).toPrecision(9))
  const text = String(step)
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
}

/** Making one is slow, and every field asks for one at every step of a drag. */
const formatters = new Map<string, Intl.NumberFormat>()

function formatter(minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${minimumFractionDigits} ${maximumFractionDigits}`
  const made =
    formatters.get(key) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits, maximumFractionDigits })
  formatters.set(key, made)
  return made
}

/** The stored value as the field shows it, without its unit: 0.08 → “8.0”. Finer values keep their digits. */
export function shown(spec: NumberSpec, value: number): string {
  if (spec.zeroIsOff && value === 0) return 'off'
  const scaled = Number((value * factor(spec.unit)).toPrecision(12))
  const exact = String(scaled)
  const digits = Math.max(digitsOf(spec), exact.includes('.') ? exact.length - exact.indexOf('.') - 1 : 0)
  return formatter(digitsOf(spec), Math.min(digits, 10)).format(scaled).replace('-', '−')
}

/** The value with its unit, in words: “8.0 %”, “$1,000”, “2.0×”, “off”. */
export function inWords(spec: NumberSpec, value: number): string {
  const text = shown(spec, value)
  if (text === 'off') return text
  switch (spec.unit) {
    case 'dollars':
      return '$' + text
    case 'multiple':
      return text + '×'
    default:
      return SUFFIX[spec.unit] ? `${text}\u2009${SUFFIX[spec.unit]}` : text
  }
}

export type Typed = { ok: true; value: number } | { ok: false; problem: string }

/** Reads what a person typed: “8”, “8 %”, “0,5”, “$1,000”, “1 000”, “−2”, “off”. */
export function parseTyped(spec: NumberSpec, text: string): Typed {
  const range = `from ${inWords(spec, Math.max(spec.min, smallest(spec)))} to ${inWords(spec, spec.max)}${spec.zeroIsOff ? ', or off' : ''}`
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/\u2212/g, '-')
    .replace(/\s|\u2009|\u202f|'/g, '')
    .replace(/^(-?)\$/, '$1')
    .replace(/(%|bps?|days?|×|x|\$)$/, '')
  if (spec.zeroIsOff && (bare === 'off' || bare === '')) return { ok: true, value: 0 }
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(plain))
    return { ok: false, problem: `Type a number ${range}.` }
  const value = Number((Number(plain) / factor(spec.unit)).toPrecision(12))
  if (spec.integer && !Number.isInteger(value)) return { ok: false, problem: `Type a whole number ${range}.` }
  if (value < spec.min || value > spec.max) return { ok: false, problem: `Has to be ${range}.` }
  return { ok: true, value }
}

/** Where off is a value of its own, the range begins one step above it. */
const smallest = (spec: NumberSpec): number => (spec.zeroIsOff && spec.min === 0 ? spec.step : spec.min)

const TICKS = 1000
/** Ranges over several powers of ten are dragged by ratio, else the small values could not be reached. */
const byRatio = (spec: NumberSpec): boolean => spec.min > 0 && spec.max / spec.min >= 1000

/** Bounds and step of the range input that stands for the parameter. */
export function slider(spec: NumberSpec): { min: number; max: number; step: number } {
  return byRatio(spec) ? { min: 0, max: TICKS, step: 1 } : { min: spec.min, max: spec.max, step: spec.step }
}

export function toSlider(spec: NumberSpec, value: number): number {
  return byRatio(spec) ? (TICKS * Math.log(value / spec.min)) / Math.log(spec.max / spec.min) : value
}

/** The value of a slider position, on the steps of the parameter; by ratio on two significant digits. */
export function fromSlider(spec: NumberSpec, position: number): number {
  if (!byRatio(spec)) return onStep(spec, position)
  const raw = spec.min * (spec.max / spec.min) ** (position / TICKS)
  return Math.min(spec.max, Math.max(spec.min, Number(raw.toPrecision(2))))
}

function onStep(spec: NumberSpec, value: number): number {
  const steps = Math.round((value - spec.min) / spec.step)
  return Math.min(spec.max, Number((spec.min + steps * spec.step).toPrecision(12)))
}

/** For a line that sums several parameters up: no trailing zeros, and a unit only where it is a sign. */
export function brief(spec: NumberSpec, value: number): string {
  const text = shown(spec, value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
  return spec.unit === 'fraction' && text !== 'off'
    ? `${text}\u2009%`
    : spec.unit === 'multiple' && text !== 'off'
      ? `${text}×`
      : text
}
