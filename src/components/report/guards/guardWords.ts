import type { Guard, GuardId } from '../../../../workers/backtest/api.ts'
import { count, inUnit, number, percent, probability } from '../../../charts/format.ts'
import type { Fan } from '../../../charts/drawdownFanOption.ts'
import type { StripData } from '../../../charts/strip.ts'
import type { TableData } from '../../tableData.ts'

export const stateWord: Record<Guard['state'], string> = {
  passes: 'passes',
  doubt: 'doubt',
  unknown: 'unknown',
}

/** Blue and amber with a word, never a tick: no guard proves anything. */
export const stateTone: Record<Guard['state'], 'accent' | 'warn' | 'plain'> = {
  passes: 'accent',
  doubt: 'warn',
  unknown: 'plain',
}

/** p-values are written as such, other probabilities in percent. */
const pValues: ReadonlySet<GuardId> = new Set(['realityCheck', 'randomEntries', 'shiftedSignals'])

/** A figure of a guard in its unit; earnings carry their sign. */
function figure(id: GuardId, value: number, unit: Guard['unit']): string {
  if (value === Infinity) return '∞'
  if (unit === 'probability') return pValues.has(id) ? probability(value) : percent(value)
  return inUnit(value, unit, { signed: unit === 'fraction' })
}

/** The figure that stands beside the label: a share has no sign to carry. */
export function headline({ id, value, unit }: Guard): string {
  return id === 'parameterJitter' ? percent(value, { digits: 0 }) : figure(id, value, unit)
}

/** The line on which the figure of the run is seen beside reruns, or beside the bars it has to clear. */
export function pictureOf({ state, measured, reruns, rows, rowUnit }: Guard): StripData {
  return {
    measured: state === 'unknown' ? NaN : measured,
    reruns,
    marks: reruns.length > 0 ? [] : rows.map((row) => row.value),
    nothing: rowUnit === 'fraction' ? 0 : NaN,
    include: rowUnit === 'probability' ? [0, 1] : [0],
  }
}

/** What the picture shows, in words. */
export function pictureWords({ id, measured, reruns, rows, rowUnit }: Guard): string {
  const text = (value: number) => figure(id, value, rowUnit)
  if (reruns.length === 0) {
    const others = rows.map(({ label, value }) => `${label.toLowerCase()} ${text(value)}`)
    return [text(measured), ...others].join(', ')
  }
  const range = `${text(reruns[0])} to ${text(reruns[reruns.length - 1])}`
  return `${text(measured)} among ${count(reruns.length, 'rerun')} from ${range}`
}

export function rowsTable({ id, rows, rowUnit }: Guard): TableData {
  return {
    head: ['Figure', 'Value'],
    rows: rows.map(({ label, value }) => [label, figure(id, value, rowUnit)]),
  }
}

export function fanTable({ day, low, middle, high, actual }: Fan): TableData {
  return {
    head: ['Days', 'Measured', '5 %', 'Median', '95 %'],
    rows: Array.from(day, (at, i) => [
      number(at, { digits: 0 }),
      ...[actual, low, middle, high].map((values) => percent(values[i])),
    ]),
  }
}
