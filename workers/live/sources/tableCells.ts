import { dayMs, epochDayOf } from './instants.ts'

/** How vendors write that there is nothing. */
const nothing = /^(|null|none|nan|n\/?a|na|-|–|—|\.)$/i
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** NaN where the cell is blank; null where it holds something else than a number. */
export function numberCell(text: string): number | null {
  const bare = text.trim().replace(/^([+-]?)\$/, '$1')
  if (nothing.test(bare)) return NaN
  if (grouped.test(bare)) return Number(bare.replaceAll(',', ''))
  return plain.test(bare) ? Number(bare) : null
}

export type DateForm = 'iso' | 'seconds' | 'milliseconds' | 'month-first' | 'day-first'

/** Epoch day as it is written, whatever the offset behind it says; NaN where the cell is no date of that form. */
export function dayCell(text: string, form: DateForm): number {
  const bare = text.trim()
  const written = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(bare)
  // A date with the year in front is never mistaken.
  if (written && ((form !== 'seconds' && form !== 'milliseconds') || bare.includes('-'))) {
    return epochDayOf(written.slice(1, 4).join('-'))
  }
  if (form === 'seconds' || form === 'milliseconds') {
    const value = /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : NaN
    return Math.floor((form === 'seconds' ? value * 1000 : value) / dayMs)
  }
  if (form === 'iso') return NaN
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T].*)?$/.exec(bare)
  if (!parts) return NaN
  const [, a, b, year] = parts
  const [month, day] = form === 'month-first' ? [a, b] : [b, a]
  return epochDayOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
