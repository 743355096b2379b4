import type { Panel } from '../../workers/quant/panel.ts'

export interface LoopRules {
  stop: number
  target: number
  /** Fractions, both per side. */
  commission: number
  slippage: number
  capital: number
  /** Share of equity of a position. */
  size: number
  minimumTrade: number
}

/** What the recorded reference gives of a pair. */
export interface LoopResult {
  totalReturn: number
  sharpe: number
  maxDrawdown: number
  trades: number
}

/**
 * The recorded reference of the bench: a loop that can do nothing but the crossing of two averages of one symbol,
 * long only, whole shares, with a stop, a target and costs. It allocates nothing and knows no other rule, so it is
 * about as fast as JavaScript gets; the general core is measured against it, and must give the same numbers.
 */
export function averagesLoop(
  { open, high, low, close }: Panel,
  fast: Float64Array,
  slow: Float64Array,
  rules: LoopRules,
): LoopResult {
  const days = close.length
  let money = rules.capital
  let equity = rules.capital
  let shares = 0
  let stop = 0
  let target = 0
  let order = 0
  let sum = 0
  let squares = 0
  let peak = rules.capital
  let worst = 1
  let trades = 0
  for (let day = 0; day < days; day++) {
    const o = open[day]
    if (order > 0 && shares === 0) {
      const fill = o * (1 + rules.slippage)
      const wanted = Math.floor((Math.min(rules.size, 1) * equity) / fill)
      if (wanted * fill >= rules.minimumTrade) {
        shares = wanted
        money -= shares * fill * (1 + rules.commission)
        stop = fill * (1 - rules.stop)
        target = fill + fill * rules.target
      }
    } else if (order < 0 && shares > 0) {
      money += shares * o * (1 - rules.slippage) * (1 - rules.commission)
      shares = 0
      trades++
    }
    order = 0
    if (shares > 0) {
      let exit = 0
      if (o <= stop || o >= target) exit = o
      else if (low[day] <= stop) exit = stop
      else if (high[day] >= target) exit = target
      else if (day === days - 1) exit = close[day]
      if (exit > 0) {
        money += shares * exit * (1 - rules.slippage) * (1 - rules.commission)
        shares = 0
        trades++
      }
    }
    const value = money + shares * close[day]
    const change = value / equity - 1
    if (day > 0) {
      sum += change
      squares += change * change
    }
    equity = value
    if (equity > peak) peak = equity
    else if (equity < worst * peak) worst = equity / peak
    if (day > 0) {
      if (fast[day - 1] <= slow[day - 1] && fast[day] > slow[day]) order = 1
      else if (fast[day - 1] >= slow[day - 1] && fast[day] < slow[day]) order = -1
    }
  }
  const n = days - 1
  const mean = sum / n
  return {
    totalReturn: equity / rules.capital - 1,
    sharpe: (mean / Math.sqrt((squares - n * mean * mean) / (n - 1))) * Math.sqrt(252),
    maxDrawdown: worst - 1,
    trades,
  }
}
