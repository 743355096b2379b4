import { distance } from 'fastest-levenshtein'
import type { OwnerCandidate } from '../api.ts'
import { cautionOf } from './caution.ts'
import { nameTokens, weakWords } from './normaliseName.ts'

export interface Company {
  symbol: string
  name: string
}

const mostCandidates = 5
/** Candidates below are not worth a look. */
const leastScore = 45
/** From here on a candidate is likely; what a trustee, bank or lessor may get stays below. */
export const likelyScore = 70
/** Companies that share a word are scored in full only where they share most. */
const scoredInFull = 8
/** Letters of a word that a misspelt one still shares. */
const prefixLength = 3
/** Two words count as one from this share of equal letters on. */
const sameWord = 0.8
const weakWeight = 0.15

interface Entry extends Company {
  tokens: string[]
  weights: number[]
  weight: number
  normalised: string
  /** Words in order of the alphabet: all, and without the weak ones. */
  sorted: string
  strong: string
}

/**
 * Companies that a name may mean, scored 0–100: three quarters by the words both share (Dice's coefficient,
 * words weighted by how few companies have them, misspelt ones by the Levenshtein distance), one quarter by
 * the letters of the name, with and without its weak words, in order of the alphabet. 100 is kept for names that are the same
 * once legal forms, case, accents and punctuation are folded.
 */
export class CompanyIndex {
  readonly #entries: Entry[] = []
  readonly #symbols: Set<string>
  /** Words and beginnings of words → companies. */
  readonly #words = new Map<string, number[]>()
  readonly #beginnings = new Map<string, number[]>()
  readonly #shared: Float64Array
  readonly #common = new Map<string, number>()

  constructor(companies: Company[]) {
    this.#symbols = new Set(companies.map(({ symbol }) => symbol))
    const tokenLists = companies.map(({ name }) => nameTokens(name))
    for (const tokens of tokenLists) {
      for (const token of new Set(tokens)) this.#common.set(token, (this.#common.get(token) ?? 0) + 1)
    }
    for (const [i, company] of companies.entries()) {
      const entry = this.#entry(company, tokenLists[i])
      this.#entries.push(entry)
      for (const token of new Set(entry.tokens)) {
        push(this.#words, token, i)
        if (token.length > prefixLength) push(this.#beginnings, token.slice(0, prefixLength), i)
      }
      const ticker = company.symbol.toLowerCase()
      if (ticker.length > 1 && !entry.tokens.includes(ticker)) push(this.#words, ticker, i)
    }
    this.#shared = new Float64Array(companies.length)
  }

  /** The five likeliest, best first. */
  candidates(owner: string): OwnerCandidate[] {
    const caution = cautionOf(owner)
    if (caution?.stops) return []
    const wanted = this.#entry({ symbol: '', name: owner }, nameTokens(owner))
    const scored: OwnerCandidate[] = []
    for (const i of this.#sharing(wanted)) {
      const { symbol, name } = this.#entries[i]
      const score = scoreOf(wanted, this.#entries[i])
      const capped = caution ? Math.min(score, likelyScore - 1) : score
      if (capped >= leastScore) scored.push({ symbol, name, score: capped })
    }
    return scored.sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1)).slice(0, mostCandidates)
  }

  has(symbol: string): boolean {
    return this.#symbols.has(symbol)
  }

  #entry(company: Company, tokens: string[]): Entry {
    const weights = tokens.map((token) => this.#weightOf(token))
    return {
      ...company,
      tokens,
      weights,
      weight: weights.reduce((sum, weight) => sum + weight, 0),
      normalised: tokens.join(' '),
      sorted: [...tokens].sort().join(' '),
      strong: strongTokens(tokens).sort().join(' '),
    }
  }

  /** Inverse document frequency: what few companies are called tells much. */
  #weightOf(token: string): number {
    const companies = this.#entries.length + 2
    const weight = 1 + Math.log(companies / (1 + (this.#common.get(token) ?? 0)))
    return weakWords.has(token) ? weakWeight * weight : weight
  }

  /** Companies that share a word or its beginning, those that share most. */
  #sharing({ tokens, weights }: Entry): number[] {
    const touched: number[] = []
    const add = (companies: number[] | undefined, weight: number) => {
      for (const i of companies ?? []) {
        if (this.#shared[i] === 0) touched.push(i)
        this.#shared[i] += weight
      }
    }
    const telling = tokens.some((token) => !weakWords.has(token))
    for (const [t, token] of tokens.entries()) {
      if (telling && weakWords.has(token)) continue
      const companies = this.#words.get(token)
      add(companies, weights[t])
      // A word that no company has may be one of theirs, misspelt.
      if (!companies && token.length > prefixLength) {
        add(this.#beginnings.get(token.slice(0, prefixLength)), weights[t] / 2)
      }
    }
    const best: number[] = []
    const ranks: number[] = []
    for (const i of touched) {
      // Of companies that share as much, the one with the least else to its name.
      const rank = this.#shared[i] / (1 + this.#entries[i].weight)
      if (best.length === scoredInFull && rank <= ranks[scoredInFull - 1]) continue
      let place = best.length
      while (place > 0 && ranks[place - 1] < rank) place--
      best.splice(place, 0, i)
      ranks.splice(place, 0, rank)
      best.length = ranks.length = Math.min(best.length, scoredInFull)
    }
    for (const i of touched) this.#shared[i] = 0
    return best
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

/** Without the words that many names share, where anything is left. */
function strongTokens(tokens: string[]): string[] {
  const strong = tokens.filter((token) => !weakWords.has(token))
  return strong.length > 0 ? strong : [...tokens]
}

function scoreOf(owner: Entry, company: Entry): number {
  if (owner.normalised === company.normalised) return 100
  const ticker = company.symbol.toLowerCase()
  const words = dice(owner, company)
  const letters = (likeness(owner.strong, company.strong) + likeness(owner.sorted, company.sorted)) / 2
  const score = Math.round(100 * (0.75 * words + 0.25 * letters))
  const strong = strongTokens(owner.tokens)
  const byTicker = strong.length === 1 && strong[0] === ticker && ticker.length > 1 ? tickerScore(company) : 0
  return Math.min(99, Math.max(score, byTicker))
}

/** A name that is a ticker: likely where the ticker is the company's initials (IBM), else worth a look. */
function tickerScore({ symbol, tokens }: Entry): number {
  const initials = tokens.map((token) => token[0]).join('')
  return initials === symbol.toLowerCase() ? 90 : 65
}

function dice(owner: Entry, company: Entry): number {
  const total = owner.weight + company.weight
  if (total === 0) return 0
  const taken = new Set<number>()
  let shared = 0
  for (const [a, word] of owner.tokens.entries()) {
    let best = -1
    let bestLikeness = sameWord
    for (const [b, other] of company.tokens.entries()) {
      if (taken.has(b)) continue
      // Misspellings seldom touch the first letter.
      const like = word === other ? 1 : word[0] === other[0] ? likeness(word, other) : 0
      if (like >= bestLikeness && (best < 0 || like > bestLikeness)) {
        best = b
        bestLikeness = like
      }
    }
    if (best < 0) continue
    taken.add(best)
    shared += bestLikeness * (owner.weights[a] + company.weights[best])
  }
  return shared / total
}

/** Share of letters that need no change. */
function likeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (Math.min(a.length, b.length) < (sameWord - 0.3) * longer) return 0
  return 1 - distance(a, b) / longer
}
