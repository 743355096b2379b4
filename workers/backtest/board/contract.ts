/** The lots that were open at the close of a day, and what they could cost. Fractions of equity unless said. */
export interface RiskBoard {
  day: number
  /** Days of the run that can be asked for, first and last. */
  from: number
  to: number
  equity: number
  cash: number
  lots: {
    symbol: string
    /** What is held in place of shares, by its legs; '' = shares. */
    structure: string
    /** Of a structure, −1 where money was received for it. */
    direction: 1 | -1
    /** Of a structure, 100 a contract; prices are those of one share of it. */
    shares: number
    entryDay: number
    entryPrice: number
    price: number
    stop: number
    target: number
    /** Bars left before the time exit; −1 = no time exit. */
    barsLeft: number
    /** What it moves like, of equity: shares × price, of a structure delta × spot. */
    value: number
    /** Gain so far (of a structure before its fees), and loss from now to the stop, costs included (positive = loss). */
    profit: number
    atRisk: number
    /** Loss from the entry to the stop: what of the budget it was given. */
    budget: number
  }[]
  /** Most lots, most gross exposure, and the budget a trade, by the rules. */
  limits: { lots: number; gross: number; budget: number }
  long: number
  short: number
  gross: number
  net: number
  /** Equity lost if every stop is hit at its level, and if prices gap as far beyond as the worst tenth did. */
  worstCase: number
  worstCaseGap: number
  /** Mean of the worst tenth of the stop exits before the day, of the entry price; NaN with fewer than ten. */
  gap: { beyond: number; exits: number }
  /** [lots' symbols × same] correlation of daily returns over the 60 days before; NaN unknown. Signed by direction. */
  symbols: string[]
  correlation: Float64Array
  /** How many independent bets the lots are worth. */
  independentBets: number
  /** [days of the run] at each close, for the lines and to find days with lots. */
  history: { dates: Int32Array; gross: Float64Array; lots: Float64Array; budget: Float64Array }
}
