import type {
  AttributionRow,
  DrawdownRow,
  Evidence,
  ExitReason,
  Metric,
  Part,
  Report,
  ReportTrade,
  TradeChart,
} from '../../../workers/backtest/api.ts'
import { defaultParams, systemInfos } from '../../../workers/systems/api.ts'

/** mulberry32, for pictures and tests of components only. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Weekdays from an epoch day on. */
export function weekdays(from: number, count: number): Int32Array {
  const days: number[] = []
  for (let day = from; days.length < count; day++)
    if ((day + 4) % 7 !== 0 && (day + 4) % 7 !== 6) days.push(day)
  return Int32Array.from(days)
}

export function drawdownOf(equity: Float64Array, start: number): Float64Array {
  let peak = start
  return equity.map((value) => {
    peak = Math.max(peak, value)
    return value / peak - 1
  })
}

const NAMES = [
  'ALTO',
  'VEGA',
  'NORD',
  'LYRA',
  'CYGN',
  'ORIO',
  'PAVO',
  'RIGL',
  'SIRI',
  'TAUR',
  'URSA',
  'VELA',
  'CRUX',
  'DRAC',
]

interface Options {
  seed?: number
  days?: number
  split?: boolean
  trades?: number
  benchmark?: boolean
}

/** A report that looks like one; its numbers hang together only as far as pictures need. */
export function reportFixture({
  seed = 7,
  days = 1258,
  split = true,
  trades = 214,
  benchmark = true,
}: Options = {}): Report {
  const random = seeded(seed)
  const capital = 100_000
  const dates = weekdays(18_263, days)
  const at = split ? Math.floor(days * 0.6) : days
  const walk = (drift: number, vol: number): Float64Array => {
    let value = capital
    return Float64Array.from(dates, () => (value *= 1 + drift + vol * normal(random)))
  }
  const equity = walk(0.00062, 0.0086)
  const market = benchmark ? walk(0.00045, 0.0142) : new Float64Array(0)
  const drawdown = drawdownOf(equity, capital)
  const reasons = ['RSI', 'Moving averages', 'Volume', 'MACD', 'Bollinger bands', 'Momentum']
  const parts: Part[] = split ? ['outOfSample', 'inSample'] : ['all']
  const list = tradeList(random, dates, trades, at, reasons.length, capital)
  const rolling = (scale: number, base: number): Float64Array => {
    let value = base
    return Float64Array.from(dates, (_, i) => {
      value += scale * normal(random) + 0.02 * (base - value)
      return i < 252 ? NaN : value
    })
  }
  const gross = Float64Array.from(dates, (_, i) =>
    Math.min(1, Math.max(0, 0.6 + 0.3 * Math.sin(i / 90) + 0.08 * normal(random))),
  )

  return {
    request: {
      system: 'options',
      params: defaultParams(systemInfos[0], 'recommended'),
      from: null,
      to: null,
      outOfSampleFrom: split ? dates[at] : null,
      benchmark: benchmark ? 'QQQ' : null,
      seed: 1,
    },
    hash: '9f3ca1d204b7e8610c55',
    dates,
    split: at,
    symbols: NAMES,
    reasons,
    capital,
    equity,
    benchmark: market,
    drawdown,
    benchmarkDrawdown: benchmark ? drawdownOf(market, capital) : market,
    gross,
    net: gross.map((value) => value * 0.86),
    rollingSharpe: rolling(0.09, 1.1),
    rollingBeta: rolling(0.025, 0.45),
    metrics: metricList(split, benchmark),
    monthly: monthlyOf(dates, equity, market, capital),
    distribution: binned(equity, market),
    drawdowns: worst(drawdown, dates),
    trades: list,
    bySignal: attribution(list, parts, (trade) => reasons[trade.reason]),
    bySymbol: attribution(list, parts, (trade) => NAMES[trade.symbol]),
    bySector: attribution(list, parts, (trade) => (trade.symbol % 2 === 0 ? 'Technology' : 'Energy')),
    costs: {
      commission: 4210.4,
      slippage: 9120.15,
      borrow: 0,
      total: 13330.55,
      interest: 412.2,
      breakEvenBps: 8.9,
    },
    counters: {
      notTrading: 0,
      belowMinimum: 12,
      noRoom: 88,
      alreadyHeld: 131,
      shortsRefused: 0,
      breakerHeld: 0,
      breakersTripped: 0,
      ambiguous: list.filter((trade) => trade.ambiguous).length,
      breaches: list.filter((trade) => trade.breach).length,
      delisted: 1,
    },
    flags: [
      {
        id: 'survivorship',
        severity: 'warn',
        text: 'No symbol in the data was delisted: survivors look better than what could have been bought.',
      },
      { id: 'concentration', severity: 'info', text: 'Half of the profit comes from one symbol, CYGN.' },
    ],
    claims: [
      {
        text: 'At least 20 trades over the period',
        metric: 'trades',
        state: 'met',
        value: 86,
        low: NaN,
        high: NaN,
        implausible: false,
        note: '',
      },
      {
        text: 'Sharpe ratio above 1',
        metric: 'sharpe',
        state: 'undecided',
        value: 1.21,
        low: NaN,
        high: NaN,
        implausible: false,
        note: 'The interval is still being computed.',
      },
      {
        text: 'Maximum drawdown under 20 %',
        metric: 'maxDrawdown',
        state: 'undecided',
        value: -0.137,
        low: NaN,
        high: NaN,
        implausible: false,
        note: '',
      },
    ],
    elapsed: { signals: 12, simulate: 9, report: 21 },
  }
}

function tradeList(
  random: () => number,
  dates: Int32Array,
  count: number,
  split: number,
  reasons: number,
  capital: number,
): ReportTrade[] {
  const exits: ExitReason[] = [
    'stop',
    'stop',
    'target',
    'target',
    'time',
    'signal',
    'signal',
    'stop-gap',
    'trim',
  ]
  return Array.from({ length: count }, (_, i) => {
    const entryDay = Math.max(1, Math.floor((i / count) * (dates.length - 40)))
    const bars = 1 + Math.floor(random() * 28)
    const exitReason = exits[Math.floor(random() * exits.length)]
    const entryPrice = 20 + random() * 180
    const change =
      exitReason === 'stop'
        ? -0.08
        : exitReason === 'stop-gap'
          ? -0.083 - random() * 0.04
          : exitReason === 'target'
            ? 0.15
            : 0.06 * normal(random)
    const shares = Math.floor((capital * 0.1) / entryPrice)
    return {
      symbol: Math.floor(random() * NAMES.length),
      direction: random() < 0.9 ? 1 : -1,
      shares,
      signalDay: entryDay - 1,
      entryDay,
      entryPrice,
      exitDay: entryDay + bars - 1,
      exitPrice: entryPrice * (1 + change),
      exitReason,
      ambiguous: random() < 0.015,
      fees: shares * entryPrice * 0.0002,
      profit: shares * entryPrice * change - shares * entryPrice * 0.0002,
      return: change,
      bars,
      adverse: Math.min(0, change) - random() * 0.02,
      favourable: Math.max(0, change) + random() * 0.02,
      stop: entryPrice * 0.92,
      target: entryPrice * 1.15,
      reason: Math.floor(random() * reasons),
      conviction: 0.4 + 0.6 * random(),
      breach: exitReason === 'stop-gap',
      outOfSample: entryDay >= split,
    }
  })
}

function metricList(split: boolean, benchmark: boolean): Metric[] {
  const metric = (
    id: string,
    label: string,
    group: Metric['group'],
    unit: Metric['unit'],
    value: number,
    other: number,
    definition: string,
  ): Metric => ({
    id,
    label,
    group,
    unit,
    all: split ? NaN : value,
    inSample: split ? value * 1.14 : NaN,
    outOfSample: split ? value : NaN,
    benchmarkAll: split || !benchmark ? NaN : other,
    benchmarkInSample: split && benchmark ? other * 0.9 : NaN,
    benchmarkOutOfSample: split && benchmark ? other : NaN,
    definition,
  })
  const text =
    'Equity at the end over equity at the start, to the power of one over the years. A year has 252 trading days.'
  return [
    metric('totalReturn', 'Total return', 'return', 'fraction', 0.412, 0.301, text),
    metric('cagr', 'CAGR', 'return', 'fraction', 0.184, 0.141, text),
    metric('bestDay', 'Best day', 'return', 'fraction', 0.031, 0.052, text),
    metric('worstDay', 'Worst day', 'return', 'fraction', -0.027, -0.061, text),
    metric('annualVolatility', 'Volatility', 'risk', 'fraction', 0.136, 0.225, text),
    metric('maxDrawdown', 'Max drawdown', 'risk', 'fraction', -0.137, -0.312, text),
    metric('valueAtRisk95', 'Value at risk, 95 %', 'risk', 'fraction', -0.0132, -0.0221, text),
    metric('ulcerIndex', 'Ulcer index', 'risk', 'fraction', 0.043, 0.112, text),
    metric(
      'sharpe',
      'Sharpe',
      'ratio',
      'ratio',
      1.21,
      0.68,
      'Mean of the daily excess return over its sample deviation, times √252.',
    ),
    metric('sortino', 'Sortino', 'ratio', 'ratio', 1.83, 0.96, text),
    metric('calmar', 'Calmar', 'ratio', 'ratio', 1.34, 0.45, text),
    metric('probabilisticSharpe', 'Probabilistic Sharpe', 'ratio', 'fraction', 0.961, NaN, text),
    metric('alpha', 'Alpha, beta-adjusted', 'benchmark', 'fraction', 0.094, NaN, text),
    metric('excessReturn', 'Raw excess return', 'benchmark', 'fraction', 0.043, NaN, text),
    metric('beta', 'Beta', 'benchmark', 'ratio', 0.46, 1, text),
    metric('trades', 'Trades', 'trades', 'count', 86, NaN, 'Closed trades.'),
    metric('winRate', 'Win rate', 'trades', 'fraction', 0.56, NaN, text),
    metric('profitFactor', 'Profit factor', 'trades', 'ratio', 1.62, NaN, 'Gains over losses, by trade.'),
    metric('meanGross', 'Mean gross exposure', 'exposure', 'fraction', 0.61, NaN, text),
    metric('turnover', 'Annual turnover', 'exposure', 'multiple', 14.2, NaN, text),
    metric('capacity', 'Capacity', 'exposure', 'dollars', 18_400_000, NaN, text),
    metric('effectiveBets', 'Independent bets', 'exposure', 'count', 37.4, NaN, text),
  ]
}

function monthlyOf(
  dates: Int32Array,
  equity: Float64Array,
  benchmark: Float64Array,
  capital: number,
): Report['monthly'] {
  const rows = new Map<number, Report['monthly'][number]>()
  let base = capital
  let yearBase = capital
  let otherBase = capital
  for (let i = 0; i < dates.length; i++) {
    const day = new Date(dates[i] * 86_400_000)
    const next = i + 1 < dates.length ? new Date(dates[i + 1] * 86_400_000) : null
    const year = day.getUTCFullYear()
    const row = rows.get(year) ?? { year, months: Array<number>(12).fill(NaN), total: 0, benchmark: NaN }
    rows.set(year, row)
    if (!next || next.getUTCMonth() !== day.getUTCMonth()) {
      row.months[day.getUTCMonth()] = equity[i] / base - 1
      base = equity[i]!
    }
    if (!next || next.getUTCFullYear() !== year) {
      row.total = equity[i] / yearBase - 1
      yearBase = equity[i]!
      if (benchmark.length > 0) {
        row.benchmark = benchmark[i] / otherBase - 1
        otherBase = benchmark[i]!
      }
    }
  }
  return [...rows.values()]
}

function binned(equity: Float64Array, benchmark: Float64Array): Report['distribution'] {
  const width = 0.0025
  return Array.from({ length: 24 }, (_, i) => {
    const from = (i - 12) * width
    const within = (values: Float64Array): number => {
      let found = 0
      for (let k = 1; k < values.length; k++) {
        const change = values[k] / values[k - 1] - 1
        if (change >= from && change < from + width) found++
      }
      return found
    }
    return { from, to: from + width, strategy: within(equity), benchmark: within(benchmark) }
  })
}

function worst(drawdown: Float64Array, dates: Int32Array): DrawdownRow[] {
  const rows: DrawdownRow[] = []
  let start = 0
  for (let i = 1; i <= drawdown.length; i++) {
    if (i < drawdown.length && drawdown[i] < 0) continue
    if (i - start > 1) {
      let trough = start
      for (let k = start; k < i; k++) if (drawdown[k] < drawdown[trough]) trough = k
      const recovered = i < drawdown.length ? i : -1
      rows.push({
        start,
        trough,
        recovered,
        depth: drawdown[trough],
        days: dates[Math.min(i, drawdown.length - 1)] - dates[start],
      })
    }
    start = i
  }
  return rows.sort((a, b) => a.depth - b.depth).slice(0, 10)
}

function attribution(
  trades: ReportTrade[],
  parts: Part[],
  label: (trade: ReportTrade) => string,
): AttributionRow[] {
  const rows = new Map<string, AttributionRow & { wins: number; returns: number }>()
  for (const trade of trades) {
    const part = parts.length === 1 ? 'all' : trade.outOfSample ? 'outOfSample' : 'inSample'
    const key = part + label(trade)
    const row = rows.get(key) ?? {
      label: label(trade),
      part,
      trades: 0,
      winRate: 0,
      meanReturn: 0,
      profit: 0,
      fees: 0,
      wins: 0,
      returns: 0,
    }
    row.trades++
    row.wins += trade.profit > 0 ? 1 : 0
    row.returns += trade.return
    row.profit += trade.profit
    row.fees += trade.fees
    row.winRate = row.wins / row.trades
    row.meanReturn = row.returns / row.trades
    rows.set(key, row)
  }
  return [...rows.values()]
}

export function evidenceFixture(report: Report): Evidence {
  return {
    hash: report.hash,
    intervals: {
      cagr: { low: 0.031, high: 0.352 },
      alpha: { low: -0.041, high: 0.221 },
      sharpe: { low: 0.22, high: 2.04 },
      sortino: { low: 0.3, high: 3.4 },
      maxDrawdown: { low: -0.262, high: -0.084 },
      winRate: { low: 0.46, high: 0.66 },
      profitFactor: { low: 0.94, high: 2.71 },
    },
    pValue: 0.31,
    trials: 1340,
    verdict: {
      kind: 'consistent with luck',
      because:
        'After 1,340 trials, chance alone does as well in 31 of 100 reruns (p = 0.31). Half of the profit comes from one symbol, and costs of 9 bps a side would erase it.',
    },
    claims: report.claims.map((claim) =>
      claim.metric === 'sharpe'
        ? { ...claim, low: 0.22, high: 2.04, note: '' }
        : claim.metric === 'maxDrawdown'
          ? { ...claim, low: -0.262, high: -0.084 }
          : claim,
    ),
  }
}

/** Bars around a trade that pass through its entry and exit. */
export function tradeChartFixture(report: Report, trade: ReportTrade): TradeChart {
  const random = seeded(trade.entryDay)
  const from = Math.max(0, trade.entryDay - 30)
  const to = Math.min(report.dates.length, trade.exitDay + 15)
  const length = to - from
  const close = new Float64Array(length)
  const slope = Math.log(trade.exitPrice / trade.entryPrice) / Math.max(1, trade.bars)
  for (let i = 0; i < length; i++) {
    const day = from + i
    const held = Math.min(Math.max(day - trade.entryDay, 0), trade.bars)
    close[i] = trade.entryPrice * Math.exp(slope * held + 0.015 * normal(random))
  }
  const open = close.map((value) => value * (1 + 0.006 * normal(random)))
  return {
    symbol: report.symbols[trade.symbol],
    dates: report.dates.slice(from, to),
    open,
    high: close.map((value, i) => Math.max(value, open[i]) * (1 + 0.008 * random())),
    low: close.map((value, i) => Math.min(value, open[i]) * (1 - 0.008 * random())),
    close,
    volume: close.map(() => 1e6 * (0.5 + random())),
    rawFactor: close.map(() => 1),
  }
}
