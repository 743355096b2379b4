import type { Instrument, Leg, MarkFrom, StructureKind } from '../../../workers/backtest/api.ts'
import { date, number } from '../../charts/format.ts'

/** Words for structures of options, the same wherever one is named. */
export const kindWords: Record<StructureKind, string> = {
  shares: 'Shares',
  'long-option': 'Long option',
  vertical: 'Vertical spread',
  'covered-call': 'Covered call',
  'protective-put': 'Protected shares',
  'iron-condor': 'Iron condor',
  'option-and-shares': 'Option and shares',
}

/** Where a price is from. */
export const markWords: Record<MarkFrom, string> = {
  quoted: 'quoted',
  surface: 'from the surface',
  model: 'modelled',
}

export const markHelp: Record<MarkFrom, string> = {
  quoted: 'A bid and an ask of that day.',
  surface: 'No quote of that day: the smile of a chain not older than a few days.',
  model: 'No chain near that day: realised volatility, with the premium, skew and spread that are set.',
}

/** “350”, “352.5”, “97.143”: no more digits than a strike has. */
export function strikeText(strike: number): string {
  const digits = [0, 1, 2, 3].find((most) => Math.abs(strike - Number(strike.toFixed(most))) < 1e-9) ?? 3
  return number(strike, { digits })
}

/** “350 call”; “shares” for the share itself. */
export function legWords({ right, strike }: Leg): string {
  return right === 0 ? 'shares' : `${strikeText(strike)} ${right > 0 ? 'call' : 'put'}`
}

/**
 * What is bought less what is sold: “350 call, 17 Jan 2025”, “350 call − 370 call, 17 Jan 2025”. Legs of several
 * expiries carry theirs each.
 */
export function structureTitle(legs: readonly Leg[]): string {
  const expiries = [...new Set(legs.filter(({ right }) => right !== 0).map(({ expiry }) => expiry))]
  const inOrder = [
    ...legs.filter(({ quantity }) => quantity > 0),
    ...legs.filter(({ quantity }) => quantity < 0),
  ]
  const text = inOrder
    .map((leg, i) => {
      const size = Math.abs(leg.quantity)
      const words =
        (size === 1 ? '' : `${number(size, { digits: Number.isInteger(size) ? 0 : 2 })} × `) +
        legWords(leg) +
        (expiries.length > 1 && leg.right !== 0 ? ` ${date(leg.expiry)}` : '')
      if (i === 0) return leg.quantity < 0 ? `short ${words}` : words
      return `${leg.quantity < 0 ? '−' : '+'} ${words}`
    })
    .join(' ')
  return expiries.length === 1 ? `${text}, ${date(expiries[0])}` : text
}

/** “2 × 350 call, 17 Jan 2025”. */
export function instrumentTitle({ contracts, legs }: Pick<Instrument, 'contracts' | 'legs'>): string {
  return `${number(contracts, { digits: 0 })} × ${structureTitle(legs)}`
}

/** “18 quoted, 3 from the surface”, parts that are none left out; '' where there is nothing. */
export function marksText(marks: Record<MarkFrom, number>): string {
  return (['quoted', 'surface', 'model'] as const)
    .filter((from) => marks[from] > 0)
    .map((from) => `${number(marks[from], { digits: 0 })} ${markWords[from]}`)
    .join(', ')
}

/** Share of what was not quoted by a chain on its day; NaN where there is nothing. */
export function notQuoted({ quoted, surface, model }: Record<MarkFrom, number>): number {
  const all = quoted + surface + model
  return all > 0 ? (surface + model) / all : NaN
}
