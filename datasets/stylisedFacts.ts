import { exp, log } from '../workers/quant/elementary.ts'
import type { SimulatedMarket } from './market.ts'

/** Figures of one market; returns are daily, logarithmic, of adjusted closes. */
export interface Facts {
  kurtosis: number
  tailIndex: number
  clusteringAtOne: number
  clusteringAtTwenty: number
  leverage: number
  correlationAcross: number
  withinMinusAcross: number
  worstMinusCalm: number
  worstMinusOthers: number
  overnightShare: number
  volumeRank: number
  maxDrawdown: number
}

/** A stylised fact, and the range in which its median over seeds must lie, both ends included. */
export interface FactRule {
  id: keyof Facts
  label: string
  from: number
  to: number
}

const FACT_RULES: readonly FactRule[] = [
  { id: 'kurtosis', label: 'raw kurtosis of QQQ', from: 4.5, to: 12 },
  { id: 'tailIndex', label: 'Hill tail index of QQQ, largest twentieth of |r|', from: 2.5, to: 4.5 },
  { id: 'clusteringAtOne', label: 'autocorrelation of |r| of QQQ at 1 day', from: 0.1, to: 0.35 },
  { id: 'clusteringAtTwenty', label: 'autocorrelation of |r| of QQQ at 20 days', from: 0.03, to: 0.25 },
  { id: 'leverage', label: 'leverage of QQQ: corr(r, mean r² of the next 10)', from: -0.15, to: -0.02 },
  { id: 'correlationAcross', label: 'correlation of operators across sectors', from: 0.22, to: 0.45 },
  { id: 'withinMinusAcross', label: 'correlation within sectors minus across', from: 0.05, to: 0.15 },
  {
    id: 'worstMinusCalm',
    label: 'correlation on the worst tenth of the days of QQQ minus its calmer half (least |r|)',
    from: 0.2,
    to: 0.6,
  },
  {
    id: 'worstMinusOthers',
    label: 'the same, minus all other days instead of the calmer half',
    from: 0.2,
    to: 0.6,
  },
  { id: 'overnightShare', label: 'overnight share of variance, median symbol', from: 0.25, to: 0.5 },
  { id: 'volumeRank', label: 'rank correlation of volume and |r|, median symbol', from: 0.25, to: 0.5 },
  { id: 'maxDrawdown', label: 'maximum drawdown of QQQ', from: -0.45, to: -0.15 },
]

/** Measures the stylised facts on the operators, which trade from the first day to the last, and on QQQ. */
export function measureFacts(market: SimulatedMarket): Facts {
  const benchmark = market.symbols.indexOf('QQQ')
  const operators = market.truth.operators
  const own = operators.map((symbol) => closeReturns(market, symbol))
  const sectors = operators.map((symbol) => market.companies[symbol].sector)
  const index = closeReturns(market, benchmark)
  const size = index.map(Math.abs)

  // A halted symbol is missing on a few days; correlations are taken over the days that all have.
  const days = [...index.keys()].filter((day) => own.every((returns) => !Number.isNaN(returns[day])))
  const all = pairCorrelations(own, sectors, days)
  const fromWorst = [...days].sort((a, b) => index[a] - index[b])
  const tenth = Math.floor(days.length / 10)
  const worst = pairCorrelations(own, sectors, fromWorst.slice(0, tenth)).every
  const calm = [...days].sort((a, b) => size[a] - size[b]).slice(0, Math.floor(days.length / 2))

  return {
    kurtosis: rawKurtosis(index),
    tailIndex: hillIndex(size, Math.floor(size.length / 20)),
    clusteringAtOne: autocorrelation(size, 1),
    clusteringAtTwenty: autocorrelation(size, 20),
    leverage: leverage(index, 10),
    correlationAcross: all.across,
    withinMinusAcross: all.within - all.across,
    worstMinusCalm: worst - pairCorrelations(own, sectors, calm).every,
    worstMinusOthers: worst - pairCorrelations(own, sectors, fromWorst.slice(tenth)).every,
    overnightShare: median([...operators, benchmark].map((symbol) => overnightShare(market, symbol))),
    volumeRank: median([...operators, benchmark].map((symbol) => volumeRank(market, symbol))),
    maxDrawdown: maxDrawdown(index),
  }
}

export interface FactRow extends FactRule {
  median: number
  least: number
  greatest: number
  holds: boolean
}

/** One row per rule: the median over markets, the spread, and whether the median lies in its range. */
export function factTable(markets: readonly Facts[]): FactRow[] {
  return FACT_RULES.map((rule) => {
    const values = markets.map((facts) => facts[rule.id])
    const middle = median(values)
    return {
      ...rule,
      median: middle,
      least: Math.min(...values),
      greatest: Math.max(...values),
      holds: middle >= rule.from && middle <= rule.to,
    }
  })
}

/** Log returns between the closes of consecutive days, [days − 1]; NaN where a day is missing. */
function closeReturns({ dates, prices, adjFactor }: SimulatedMarket, symbol: number): number[] {
  const first = symbol * dates.length
  const returns: number[] = []
  for (let at = first + 1; at < first + dates.length; at++) {
    const now = prices.close[at] * adjFactor[at]
    const before = prices.close[at - 1] * adjFactor[at - 1]
    returns.push(now > 0 && before > 0 ? log(now / before) : NaN)
  }
  return returns
}

function overnightShare({ dates, prices, adjFactor }: SimulatedMarket, symbol: number): number {
  const first = symbol * dates.length
  const night: number[] = []
  const day: number[] = []
  for (let at = first + 1; at < first + dates.length; at++) {
    const before = prices.close[at - 1] * adjFactor[at - 1]
    if (prices.close[at] === 0 || before === 0) continue
    night.push(log((prices.open[at] * adjFactor[at]) / before))
    day.push(log(prices.close[at] / prices.open[at]))
  }
  return variance(night) / (variance(night) + variance(day))
}

function volumeRank(market: SimulatedMarket, symbol: number): number {
  const first = symbol * market.dates.length
  const returns = closeReturns(market, symbol)
  const days = [...returns.keys()].filter((day) => !Number.isNaN(returns[day]))
  const volumes = days.map((day) => market.volume[first + day + 1] / market.splitFactor[first + day + 1])
  return correlation(ranks(volumes), ranks(days.map((day) => Math.abs(returns[day]))))
}

/** Mean correlation of all pairs, of pairs of one sector, and of pairs of two, over some days. */
function pairCorrelations(returns: number[][], sectors: readonly string[], days: readonly number[]) {
  const scaled = returns.map((series) => standardised(days.map((day) => series[day])))
  const sums = { within: 0, across: 0 }
  const counts = { within: 0, across: 0 }
  for (let a = 0; a < scaled.length; a++) {
    for (let b = 0; b < a; b++) {
      const pair = sectors[a] === sectors[b] ? 'within' : 'across'
      let sum = 0
      for (let i = 0; i < days.length; i++) sum += scaled[a][i] * scaled[b][i]
      sums[pair] += sum / days.length
      counts[pair] += 1
    }
  }
  return {
    every: (sums.within + sums.across) / (counts.within + counts.across),
    within: sums.within / counts.within,
    across: sums.across / counts.across,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** ÷ n. */
function variance(values: readonly number[]): number {
  const centre = mean(values)
  return mean(values.map((value) => (value - centre) * (value - centre)))
}

function standardised(values: readonly number[]): number[] {
  const centre = mean(values)
  const deviation = Math.sqrt(variance(values))
  return values.map((value) => (value - centre) / deviation)
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const x = standardised(a)
  const y = standardised(b)
  return mean(x.map((value, i) => value * y[i]))
}

function autocorrelation(values: readonly number[], lag: number): number {
  return correlation(values.slice(0, -lag), values.slice(lag))
}

function rawKurtosis(values: readonly number[]): number {
  return mean(standardised(values).map((value) => value * value * value * value))
}

/** Hill (1975): 1 ÷ the mean log distance of the k largest values to the next one. */
function hillIndex(sizes: readonly number[], k: number): number {
  const sorted = [...sizes].sort((a, b) => b - a)
  let sum = 0
  for (let i = 0; i < k; i++) sum += log(sorted[i] / sorted[k])
  return k / sum
}

function leverage(returns: readonly number[], ahead: number): number {
  const later: number[] = []
  for (let day = 0; day + ahead < returns.length; day++) {
    later.push(mean(returns.slice(day + 1, day + ahead + 1).map((r) => r * r)))
  }
  return correlation(returns.slice(0, later.length), later)
}

/** Continuous values: ties do not matter. */
function ranks(values: readonly number[]): number[] {
  const result = new Array<number>(values.length)
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  order.forEach((at, rank) => (result[at] = rank))
  return result
}

/** Of wealth that starts at 1 and grows by log returns. */
function maxDrawdown(returns: readonly number[]): number {
  let wealth = 0
  let peak = 0
  let deepest = 0
  for (const r of returns) {
    wealth += r
    peak = Math.max(peak, wealth)
    deepest = Math.min(deepest, wealth - peak)
  }
  return exp(deepest) - 1
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
