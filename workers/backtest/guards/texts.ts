import type { GuardId, GuardText } from './contract.ts'

/** What each guard asks, how it answers, and when it says “passes”. None of them is the verdict. */
const texts: Record<GuardId, Omit<GuardText, 'id'>> = {
  probabilisticSharpe: {
    label: 'Probabilistic Sharpe',
    plain:
      'How likely is the true Sharpe ratio above 0, given how many days there were and how wild they were? Passes at 95 %. It knows nothing of other tries.',
    formula: 'Φ(SR·√(n − 1) ÷ √(1 − γ₃·SR + (γ₄ − 1)/4·SR²)); SR per day, γ₃ skew, γ₄ kurtosis, n days',
    source: 'Bailey and López de Prado (2012), “The Sharpe ratio efficient frontier”',
  },
  deflatedSharpe: {
    label: 'Deflated Sharpe',
    plain:
      'Does it beat the best Sharpe ratio that as many tries show by luck alone? Passes at 95 %. Conservative: among many similar tries hardly anything passes, so it informs and does not decide. It is not the probability that an edge is real.',
    formula:
      'Probabilistic Sharpe against √V·((1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e))); N trials, V the variance of their Sharpe ratios per day, γ = 0.5772',
    source: 'Bailey and López de Prado (2014), “The deflated Sharpe ratio”',
  },
  minimumTrackRecord: {
    label: 'Minimum track record',
    plain:
      'How many trading days does a Sharpe ratio like this one need before it is above 0 with 95 % confidence? Passes if there are as many.',
    formula: '1 + (1 − γ₃·SR + (γ₄ − 1)/4·SR²)·(Φ⁻¹(0.95) ÷ SR)²; SR per day',
    source: 'Bailey and López de Prado (2012), “The Sharpe ratio efficient frontier”',
  },
  realityCheck: {
    label: 'Reality check',
    plain:
      'How often does chance bring the best of everything tried this far? Passes at p ≤ 0.05. The older and stricter form of the test behind the verdict: hopeless tries count in full.',
    formula: 'p = (1 + #{max over trials of (mean* − mean) ÷ error ≥ t}) ÷ (B + 1), B = 1,000 resamples',
    source: 'White (2000), “A reality check for data snooping”',
  },
  overfitting: {
    label: 'Backtest overfitting',
    plain:
      'How often is the setting that was best on one half of the days worse than the middle one on the other half? Passes below one half: choosing the best then told something.',
    formula:
      'PBO by CSCV: share of the 12,870 halvings of S = 16 blocks of days in which ln(ω ÷ (1 − ω)) ≤ 0, ω the rank on the other half of the best on this one',
    source: 'Bailey, Borwein, López de Prado and Zhu (2017), “The probability of backtest overfitting”',
  },
  breakEvenCosts: {
    label: 'Break-even costs',
    plain:
      'How much could each purchase and sale cost before nothing is left? Passes at twice the costs charged, because real costs are often higher than planned.',
    formula: '(profit + commission + slippage) ÷ everything bought and sold, per side',
    source: 'Bessembinder and Chan (1998), “Market efficiency and the returns to technical analysis”',
  },
  capacity: {
    label: 'Capacity',
    plain:
      'With how much money would 19 of 20 trades still be small beside a usual day’s volume? Passes if it is more than the starting capital.',
    formula:
      '5 % quantile over trades of 1 % × median of close × volume over 20 bars ÷ the trade’s share of equity',
    source: 'After Grinold and Kahn (2000), “Active portfolio management”',
  },
  independentBets: {
    label: 'Independent bets',
    plain:
      'How many bets that have nothing to do with each other are these positions worth? Passes from 2: below, everything hangs on one thing.',
    formula: '(Σλ)² ÷ Σλ²; λ the variances of the principal components of the daily profits by symbol',
    source: 'Meucci (2009), “Managing diversification”, with the inverse Herfindahl index',
  },
  leaveYearOut: {
    label: 'Without any one year',
    plain:
      'Does it still earn when its best calendar year is left out? Passes if the smallest of these figures is above 0.',
    formula: 'Mean × 252 of the daily excess return after beta, the days of one calendar year left out',
    source: 'Quenouille (1956), “Notes on bias in estimation”: the jackknife',
  },
  drawdownFan: {
    label: 'Drawdown by luck',
    plain:
      'How likely was a deeper fall than the one measured, had the same days come in another order? Passes up to 80 %; above, the measured one was a mild draw. Days are drawn, since trades that overlap cannot be shuffled.',
    formula:
      'Share of 1,000 resamples of the daily returns (stationary bootstrap) whose deepest drawdown is below the measured one',
    source: 'Politis and Romano (1994), “The stationary bootstrap”',
  },
  delay: {
    label: 'One and two days late',
    plain:
      'What is left when every decision is carried out a day or two later, as happens in practice? Passes if it still earns after both.',
    formula: 'Mean × 252 of the daily excess return after beta, all decisions moved by 1 and by 2 days',
    source: 'Bessembinder and Chan (1998), “Market efficiency and the returns to technical analysis”',
  },
  leaveSymbolOut: {
    label: 'Without any one symbol',
    plain:
      'Does it still earn when its luckiest symbol is never traded? Passes if the smallest of these figures is above 0.',
    formula: 'Mean × 252 of the daily excess return after beta, rerun without the signals of one symbol',
    source: 'Quenouille (1956), “Notes on bias in estimation”: the jackknife',
  },
  parameterJitter: {
    label: 'Settings a little off',
    plain:
      'Do settings close to these earn too, or only exactly these? Passes if at least 90 % of 40 neighbours do.',
    formula:
      'Share of 40 reruns with a positive alpha; every number in force moved at once, by up to 10 % or one step of its slider, within its limits',
    source: 'After Pardo (2008), “The evaluation and optimization of trading strategies”',
  },
  randomEntries: {
    label: 'Random entries',
    plain:
      'Would entering on any day in any symbol have done as well, with the same number of entries, sizes and exits? Passes at p ≤ 0.05: the entries then matter.',
    formula:
      'p = (1 + #{alpha* ≥ alpha}) ÷ (200 + 1); the entries of each direction on days and symbols drawn evenly among those where they run into no other trade, closing decisions left where they are',
    source: 'After Aronson (2006), “Evidence-based technical analysis”',
  },
  shiftedSignals: {
    label: 'Shifted signals',
    plain:
      'Does the same pattern of decisions do as well at the wrong time? Passes at p ≤ 0.05: the timing then matters, and not only what was held and how often.',
    formula:
      'p = (1 + #{alpha* ≥ alpha}) ÷ (100 + 1); all decisions moved round a circle of days, by 21 days or more',
    source: 'After Politis and Romano (1992), “A circular block-resampling procedure for stationary data”',
  },
}

export const guardTexts = Object.fromEntries(
  Object.entries(texts).map(([id, text]) => [id, { id, ...text }]),
) as Record<GuardId, GuardText>
