import type { LeftOut } from '../systems/custom.ts'

const rows = (n: number) => `${n} row${n === 1 ? '' : 's'}`

/** What of a signals file is not part of the run, in one sentence; '' when all of it is. */
export function leftOutInWords({ unknownSymbols, notTradable, beforeFirstDay, unusable }: LeftOut): string {
  const parts: string[] = []
  if (unknownSymbols.length > 0) {
    const total = unknownSymbols.reduce((sum, { rows: count }) => sum + count, 0)
    const names = unknownSymbols.slice(0, 3).map(({ symbol }) => symbol)
    const more = unknownSymbols.length > 3 ? ', …' : ''
    parts.push(`${rows(total)} of symbols without prices (${names.join(', ')}${more})`)
  }
  if (notTradable > 0) parts.push(`${rows(notTradable)} of the benchmark, which is never traded`)
  if (beforeFirstDay > 0) parts.push(`${rows(beforeFirstDay)} from before the first price`)
  if (unusable > 0) parts.push(`${rows(unusable)} without a usable direction or conviction`)
  return parts.length > 0 ? `Left out of the signals file: ${parts.join('; ')}.` : ''
}
