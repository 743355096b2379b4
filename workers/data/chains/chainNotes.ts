import type { ChainProblem } from '../../quant/chainTables.ts'
import { listed, plural } from '../quality/findings.ts'
import { isoOf } from '../read/dates.ts'
import type { ChainLevel } from './chainLevel.ts'

/** What a note is about: a split between chain and share, a share that costs something else, days without prices, … */
export type ChainNoteKind = 'split' | 'share' | 'empty' | 'repeated' | 'silent' | 'untraded' | 'placeholder'

export interface ChainNote extends ChainProblem {
  kind: ChainNoteKind
}

/** What is noticed while chains are read, to be told in a sentence each. */
export class ChainNotes {
  repeated = 0
  placeholders = 0
  silent = 0
  untraded = 0
  emptyDays: string[] = []
  #foreign: { where: string; rows: number }[] = []
  /** Days by what is wrong with them. */
  #scaled = new Map<string, { symbol: string; times: number; before: boolean; days: number[] }>()
  #apart: { where: string; price: number; implied: number }[] = []

  foreign(where: string, rows: number): void {
    this.#foreign.push({ where, rows })
  }

  apart(symbol: string, day: number, price: number, { implied, times }: ChainLevel): void {
    if (times === null) {
      this.#apart.push({ where: `${symbol} ${isoOf(day)}`, price, implied })
      return
    }
    const before = implied > price
    const key = `${symbol} ${times} ${before}`
    const alike = this.#scaled.get(key) ?? { symbol, times, before, days: [] }
    alike.days.push(day)
    this.#scaled.set(key, alike)
  }

  problems(): ChainNote[] {
    const foreignRows = this.#foreign.reduce((sum, { rows }) => sum + rows, 0)
    return [
      ...[...this.#scaled.values()].map(scaledProblem),
      one(
        'split',
        foreignRows,
        `${plural(foreignRows, 'quote is', 'quotes are')} of contracts as they were before a split ` +
          `(${listed(this.#foreign.map(({ where, rows }) => `${where}: ${rows}`, 3))}), beside those after it: left out.`,
      ),
      one(
        'share',
        this.#apart.length,
        `On ${plural(this.#apart.length, 'day')} the chain says another price of the share than the prices in use (${listed(
          this.#apart.map(({ where, price, implied }) => `${where}: ${money(implied)}, not ${money(price)}`),
          3,
        )}). They may be adjusted for dividends. The price of the chain is used, and nothing is traded on these days’ quotes.`,
      ),
      one(
        'empty',
        this.emptyDays.length,
        `${plural(this.emptyDays.length, 'chain has', 'chains have')} no price at all (${listed(this.emptyDays, 3)}): left out.`,
      ),
      one(
        'repeated',
        this.repeated,
        `${plural(this.repeated, 'quote comes', 'quotes come')} again for the same contract and day: the one loaded last that has a price is used.`,
      ),
      one(
        'silent',
        this.silent,
        `${plural(this.silent, 'contract is', 'contracts are')} listed without a price, a trade or open interest: left out.`,
      ),
      one(
        'untraded',
        this.untraded,
        `${plural(this.untraded, 'price is', 'prices are')} of contracts not traded that day, in a file without bids and asks: ` +
          'taken for the middle of the closing quotes.',
      ),
      one(
        'placeholder',
        this.placeholders,
        `${plural(this.placeholders, 'implied volatility is a placeholder', 'implied volatilities are placeholders')} (0.0001 or less) and left aside.`,
      ),
    ].filter(({ count }) => count > 0)
  }
}

function scaledProblem({
  symbol,
  times,
  before,
  days,
}: {
  symbol: string
  times: number
  before: boolean
  days: number[]
}): ChainNote {
  const [seems, of] =
    days.length === 1
      ? ['chain seems', `of ${isoOf(days[0])}`]
      : ['chains seem', `of ${plural(days.length, 'day')} from ${isoOf(days[0])} to ${isoOf(days.at(-1)!)}`]
  const [chain, prices, size] = before ? ['before', 'after', 'large'] : ['after', 'before', 'small']
  return one(
    'split',
    days.length,
    `The ${symbol} ${seems} to be quoted ${chain} a split and the prices in use ${prices} it (${of}): strikes are ` +
      `${times} times too ${size} for them. The price of the share is read from the chain, and nothing is traded on ` +
      'these quotes.',
  )
}

function one(kind: ChainNoteKind, count: number, text: string): ChainNote {
  return { kind, count, text }
}

function money(price: number): string {
  return price.toFixed(2)
}
