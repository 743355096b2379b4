import type { Part, SweepMetric, SweepStatus } from '../../../workers/backtest/api.ts'
import type { ParamValue, Params, SystemInfo } from '../../../workers/systems/api.ts'
import { count, number, percent } from '../../charts/format.ts'
import { brief, inWords } from '../form/paramText.ts'

interface MetricWords {
  label: string
  /** As `label` inside a sentence. */
  noun: string
  fraction: boolean
  signed: boolean
  /** Colours turn at nought, or at the median where nought says nothing. */
  centre: 'zero' | 'median'
}

export const metricWords: Record<SweepMetric, MetricWords> = {
  sharpe: { label: 'Sharpe ratio', noun: 'Sharpe ratio', fraction: false, signed: true, centre: 'zero' },
  totalReturn: { label: 'Total return', noun: 'total return', fraction: true, signed: true, centre: 'zero' },
  maxDrawdown: {
    label: 'Largest drawdown',
    noun: 'largest drawdown',
    fraction: true,
    signed: true,
    centre: 'median',
  },
  alpha: { label: 'Alpha a year', noun: 'alpha', fraction: true, signed: true, centre: 'zero' },
  trades: { label: 'Trades', noun: 'number of trades', fraction: false, signed: false, centre: 'median' },
  winRate: {
    label: 'Winning trades',
    noun: 'share of winning trades',
    fraction: true,
    signed: false,
    centre: 'median',
  },
}

export const partWords: Record<Part, string> = {
  all: 'Whole period',
  inSample: 'In sample',
  outOfSample: 'Out of sample',
}

/** The value as the tables write it. */
export function metricText(metric: SweepMetric, value: number): string {
  const { fraction, signed } = metricWords[metric]
  if (fraction) return percent(value, { signed })
  return number(value, { digits: metric === 'trades' && Number.isInteger(value) ? 0 : 2, signed })
}

/** As short as a cell of the map needs it: percentages without their sign, which the heading has. */
export function cellText(metric: SweepMetric, value: number): string {
  const { fraction, signed } = metricWords[metric]
  const shown = fraction ? 100 * value : value
  const digits = metric === 'trades' ? 0 : fraction ? (Math.abs(shown) >= 100 ? 0 : 1) : 2
  return number(shown, { digits, signed })
}

/** As short as an axis needs it. */
export function axisText(metric: SweepMetric, value: number): string {
  const { fraction, signed } = metricWords[metric]
  if (fraction) return percent(value, { digits: Math.abs(value) >= 0.1 ? 0 : 1, signed })
  return cellText(metric, value)
}

/** The label of a parameter; its group too where an earlier parameter of the system has the same label. */
export function paramLabel({ params }: SystemInfo, name: string): string {
  const spec = params[name]
  if (!spec) return name
  const first = Object.keys(params).find((other) => params[other].label === spec.label)
  return first === name ? spec.label : `${spec.group}: ${inSentence(spec.label)}`
}

/** A label inside a sentence: names in capitals keep them. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z ]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label
}

/** A value of a parameter, as short as an axis needs it; `unit` for a sentence. */
export function valueText({ params }: SystemInfo, name: string, value: ParamValue, unit = false): string {
  const spec = params[name]
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (spec?.kind === 'choice') return spec.options.find((one) => one.value === value)?.label ?? String(value)
  if (spec?.kind === 'number' && typeof value === 'number')
    return unit ? inWords(spec, value) : brief(spec, value)
  return String(value)
}

/** “Fast average 20 days”, “Opposite signal: closes”. */
export function settingText(info: SystemInfo, name: string, value: ParamValue): string {
  return `${paramLabel(info, name)}${typeof value === 'number' ? '' : ':'} ${valueText(info, name, value, true)}`
}

/** “Fast average 20 days, slow average 150 days”. */
export function combinationText(info: SystemInfo, params: Params): string {
  return Object.entries(params)
    .map(([name, value], i) => {
      const text = settingText(info, name, value)
      return i === 0 ? text : inSentence(text)
    })
    .join(', ')
}

/** A span of time as a person says it: “12 s”, “3 min”, “2 h 10 min”. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return ''
  if (seconds < 1) return 'a second'
  if (seconds < 90) return `${number(Math.round(seconds), { digits: 0 })} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export const stateWords: Record<SweepStatus['state'], string> = {
  running: 'Running',
  paused: 'Paused',
  done: 'Finished',
  cancelled: 'Stopped',
  failed: 'Failed',
}

/** Speed, time left, workers and where it is computed, in short pieces. */
export function progressFacts(status: SweepStatus): string[] {
  const facts: string[] = []
  if (status.state === 'running' && status.perSecond > 0) {
    facts.push(`${number(status.perSecond, { digits: status.perSecond < 10 ? 1 : 0 })} a second`)
    if (Number.isFinite(status.secondsLeft)) facts.push(`${duration(status.secondsLeft)} left`)
  }
  if (status.impossible > 0) facts.push(`${number(status.impossible, { digits: 0 })} impossible, not run`)
  if (status.workers > 0)
    facts.push(
      status.device === 'gpu'
        ? 'on the GPU'
        : `${count(status.workers, 'worker')}, ${status.shared ? 'prices shared' : 'a copy of the prices each'}`,
    )
  if (status.replaced > 0) facts.push(`${count(status.replaced, 'worker')} replaced, their share done again`)
  return facts
}

/** What the probability of backtest overfitting means here; why there is none where it is NaN. */
export function overfittingWords(pbo: number, strategies: number): string {
  if (!Number.isFinite(pbo))
    return 'Not measured: it takes the daily returns of several combinations that differ.'
  return `Of ${number(strategies, { digits: 0 })} combinations, the best on one half of the days fell into the lower half on the other half in ${number(pbo * 100, { digits: 0 })} of 100 ways to divide the days.`
}
