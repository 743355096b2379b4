/**
 * What Jet may trade on: one row per visit, with what each model says of it. Days and symbols are indices into the
 * panel; rows by day.
 */
export interface JetCandidates {
  day: Int32Array
  /** who flew; −1 where it is not traded */
  visitor: Int32Array
  visited: Int32Array
  /** visits of the two in the past 90 days, this one included */
  visits: Int32Array
  /** 1 = a takeover of the visited company was announced already */
  announced: Uint8Array
  models: CandidateScores[]
  /** Announced takeovers, by day: whoever bought for one has what he came for. */
  deals: { day: Int32Array; symbol: Int32Array }
}

/** What one model says of the candidates. */
export interface CandidateScores {
  /** As the parameter `model` names it. */
  kind: string
  /** p(buy) − p(sell) */
  conviction: Float64Array
  /** Probability that a takeover is announced within the horizon. */
  event: Float64Array
  /** Calibrated probability of the answer given. */
  confidence: Float64Array
  /** 0–1, rank of the foretold adverse move among those of the training rows */
  risk: Float64Array
  /** First day that training had not seen, validation included; 0 for rules that learn nothing */
  fresh: number
}

export interface JetInputs {
  candidates: JetCandidates
  /**
   * The candidates as they would be had nothing been known after a day, or had something else happened: features
   * are made anew, and a row whose features differ from those that were scored has no score. Absent where nobody
   * checks for look-ahead.
   */
  replay?: (lastKnown: number, future: 'none' | { seed: number }) => JetCandidates
}
