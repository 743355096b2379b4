import type { Term } from './term.ts'

/** Contracts, chains and what they cost. */
export const optionTerms = {
  chain: [
    'Chain',
    'All contracts of one share as they were quoted on one day: calls and puts, by strike and expiry.',
    'options',
  ],
  contract: [
    'Contract',
    'A right to buy (call) or sell (put) a share at a strike until an expiry.',
    'options',
  ],
  strike: ['Strike', 'The price at which a contract lets its holder buy or sell.', 'options'],
  expiry: ['Expiry', 'The day on which a contract ends.', 'options'],
  moneyness: ['Moneyness', 'How far the strike is from the forward, as a logarithm.', 'strikemap'],
  forward: [
    'Forward',
    'The price of the share on the day of an expiry that calls and puts agree on.',
    'pricing',
  ],
  'implied-volatility': [
    'Implied volatility',
    'The volatility at which a pricing formula gives the quoted price.',
    'pricing',
  ],
  'realised-volatility': ['Realised volatility', 'Sample deviation of past daily returns × √252.', 'pricing'],
  greeks: [
    'Greeks',
    'How the price of an option moves with the share (delta, gamma), volatility (vega), time (theta) and the rate (rho).',
    'pricing',
  ],
  delta: ['Delta', 'Change of an option’s price per change of the share’s.', 'pricing'],
  gamma: ['Gamma', 'Change of delta per change of the share’s price.', 'pricing'],
  vega: ['Vega', 'Change of an option’s price per change of its volatility.', 'pricing'],
  theta: ['Theta', 'What an option loses as time goes by.', 'pricing'],
  rho: ['Rho', 'Change of an option’s price per change of the interest rate.', 'pricing'],
  'open-interest': ['Open interest', 'Contracts that exist at the end of a day.', 'formats'],
  'half-spread': [
    'Half-spread',
    'Half the distance from bid to ask: what one side of a trade costs.',
    'strikemap',
  ],
  smile: ['Smile', 'Implied volatility by strike, as one curve for each expiry.', 'strikemap'],
  svi: ['SVI', 'Stochastic volatility inspired: five numbers that draw the curve of a smile.', 'strikemap'],
  surface: ['Surface', 'The smiles of all expiries of a chain together.', 'strikemap'],
  'strikemap-z': [
    'Strikemap z',
    'Departure of a contract from its smile, in what half-spread and error of the fit explain.',
    'strikemap',
  ],
  'cheap-and-dear': [
    'Cheap and dear',
    'A contract beyond its half-spread from the smile that also passes the bound on false discoveries.',
    'strikemap',
  ],
  'tradable-contract': [
    'Contracts that count',
    'Volume, open interest, spread and distance from the money that a contract needs to be called cheap or dear.',
    'strikemap',
  ],
  'false-discovery-rate': [
    'False discovery rate',
    'Of everything that is called unusual, the share that is so by chance, on average.',
    'strikemap',
  ],
  structure: [
    'Structure',
    'What a signal buys: shares, options, or several legs that belong together.',
    'options',
  ],
  'vertical-spread': [
    'Vertical spread',
    'An option bought and another sold at a further strike of the same expiry.',
    'options',
  ],
  'covered-call': ['Covered call', 'A share held and a call on it sold.', 'options'],
  'protective-put': ['Protective put', 'A share held and a put on it bought.', 'options'],
  'iron-condor': [
    'Iron condor',
    'A call spread and a put spread sold around the price, for a market that stays.',
    'options',
  ],
  roll: ['Roll', 'Closing a structure and opening the same in a later expiry.', 'options'],
  assignment: ['Assignment', 'A contract that was sold is exercised by its holder.', 'options'],
  margin: ['Margin', 'Money set aside for a structure that can lose more than was paid.', 'options'],
  mark: [
    'Mark',
    'Where the price of a contract came from: quoted, read off a recent smile, or modelled.',
    'options',
  ],
  'profit-parts': [
    'Parts of a profit',
    'What share, time, volatility, rate and spread brought, one after the other; the rest is unexplained.',
    'pricing',
  ],
  'probability-of-profit': [
    'Probability of profit',
    'Risk-neutral: what prices say, fear included, and no forecast.',
    'strikemap',
  ],
  'book-figures': [
    'Figures of the book',
    'What open structures would gain or lose with the share, volatility, a day and the rate, added up.',
    'pricing',
  ],
} as const satisfies Record<string, Term>
