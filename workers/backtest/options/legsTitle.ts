import type { Leg } from '../../quant/structures.ts'

/** “QQQ 350 call − 370 call, 17 January 2025”. */
export function legsTitle(symbol: string, legs: readonly Leg[]): string {
  const words = legs.map(({ right, quantity, strike }, i) => {
    const size = Math.abs(quantity) === 1 ? '' : `${Math.abs(quantity)} × `
    const what = right === 0 ? 'shares' : `${Number(strike.toFixed(3))} ${right > 0 ? 'call' : 'put'}`
    const sign = quantity < 0 ? '− ' : i > 0 ? '+ ' : ''
    return `${sign}${size}${what}`
  })
  const expiries = [...new Set(legs.filter(({ right }) => right !== 0).map(({ expiry }) => expiry))]
  const dates = expiries.map((expiry) =>
    new Date(expiry * 86_400_000).toLocaleDateString('en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
  )
  return [`${symbol} ${words.join(' ')}`, ...dates].join(', ')
}
