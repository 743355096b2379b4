/** “−3.4 %” */
export function percent(fraction: number): string {
  return `${(100 * fraction)
    .toFixed(1)
    .replace(/^-(?=0\.0$)/, '')
    .replace('-', '−')} %`
}

/** “3.4 % a year” */
export const yearly = (fraction: number) => `${percent(fraction)} a year`

/** “1 trade”, “1,234 trades” */
export function plural(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`
}

/** Two digits, three below 0.1. */
export const probability = (p: number) => p.toFixed(p < 0.1 ? 3 : 2)

/** “$1,234,000” in three digits. */
export const dollars = (value: number) => `$${Number(value.toPrecision(3)).toLocaleString('en-US')}`
