import type { ImportPlan } from '../api.ts'

/**
 * The decimal sign of the numbers. A sign followed by anything but three digits is the decimal one, and
 * so is the last of two; where nothing tells, a file with semicolons is taken to use the comma.
 */
export function decimalSignOf(numbers: string[], delimiter: ImportPlan['delimiter']): ImportPlan['decimal'] {
  let point = 0
  let comma = 0
  let groups = 0
  for (const text of numbers) {
    const lastPoint = text.lastIndexOf('.')
    const lastComma = text.lastIndexOf(',')
    if (lastPoint < 0 && lastComma < 0) continue
    const last = Math.max(lastPoint, lastComma)
    const after = /^\d*/.exec(text.slice(last + 1))?.[0].length ?? 0
    const sign = text[last]
    const times = text.split(sign).length - 1
    if (lastPoint >= 0 && lastComma >= 0) {
      if (sign === '.') point++
      else comma++
    } else if (times > 1) {
      if (sign === '.') comma++
      else point++
    } else if (after !== 3) {
      if (sign === '.') point++
      else comma++
    } else if (sign === ',') groups++
  }
  if (comma === point) return groups > 0 && delimiter === ';' ? ',' : '.'
  return comma > point ? ',' : '.'
}
