import type { Term } from './term.ts'

/** What happens between a decision and its profit. */
export const tradingTerms = {
  signal: [
    'Signal',
    'A decision taken at the close of a day: symbol, direction, conviction and horizon.',
    'fills',
  ],
  conviction: ['Conviction', 'How strong a decision is, from 0 to 1.', 'sizing'],
  confidence: [
    'Confidence',
    'How sure a decision is of its direction; how it is found differs by system.',
    'jet',
  ],
  preset: [
    'Preset',
    'A whole set of parameters: recommended is what this project advises, original what the system was described with.',
    'settings',
  ],
  seed: [
    'Seed',
    'The number that everything random begins from, so that the same settings give the same numbers.',
    'links',
  ],
  bar: ['Bar', 'Open, high, low, close and volume of one symbol on one day.', 'fills'],
  fill: ['Fill', 'The price at which an order is carried out, slippage included.', 'fills'],
  lot: ['Lot', 'One position with its own stop, target and clock.', 'fills'],
  stop: ['Stop', 'The price at which a losing lot is closed; an open beyond it fills at the open.', 'fills'],
  target: ['Target', 'The price at which a winning lot is closed.', 'fills'],
  'trailing-stop': [
    'Trailing stop',
    'A stop that follows the best close since the entry and never moves back.',
    'fills',
  ],
  'time-exit': [
    'Time exit',
    'A lot that has been held as long as it may be is closed at the close.',
    'fills',
  ],
  'ambiguous-bar': [
    'Stop and target in one bar',
    'A daily bar reached both the stop and the target and does not tell which came first, so a policy decides.',
    'fills',
  ],
  breach: ['Breach', 'A lot that lost more than its stop allows, because the price jumped over it.', 'fills'],
  slippage: [
    'Slippage',
    'How much worse than the quoted price every fill is, in basis points per side.',
    'fills',
  ],
  commission: ['Commission', 'Fee on what is bought and sold, in basis points per side.', 'fills'],
  'basis-point': ['Basis point', 'A hundredth of a percent.', 'fills'],
  borrow: ['Borrowing shares', 'The yearly fee on the value of shares that were sold short.', 'fills'],
  'idle-cash': [
    'Interest on idle cash',
    'What money that is in no position earns a year; ratios count what is earned beyond it.',
    'metrics',
  ],
  breaker: [
    'Breaker',
    'A loss of a day, or a drawdown, after which everything is sold and nothing is entered for a while.',
    'sizing',
  ],
  trim: ['Trim', 'Cutting back a position that has outgrown its share of equity.', 'sizing'],
  limit: [
    'Limit',
    'A bound on a position, a sector, longs and shorts or the number of lots; it cuts an order and never refuses it.',
    'sizing',
  ],
  order: [
    'Order that was dropped',
    'A decision that could not be carried out: no price that day, no room under a limit, already held, too small, or short selling switched off.',
    'fills',
  ],
  'risk-budget': [
    'Risk budget',
    'The share of equity that a trade loses when it is closed exactly at its stop.',
    'sizing',
  ],
  'budget-in-use': [
    'Budget in use',
    'What all open lots would lose at their first stops, as a share of the equity they were sized on.',
    'tickets',
  ],
  'stops-hit': [
    'Loss if every stop is hit',
    'What open lots would lose if all stops in force were hit on one day, with or without gaps.',
    'tickets',
  ],
  exposure: [
    'Exposure',
    'Value of what is held as a share of equity: gross adds longs and shorts, net takes shorts off.',
    'metrics',
  ],
  'equity-curve': ['Equity', 'Cash and the value of what is held, at each close.', 'metrics'],
  drawdown: ['Drawdown', 'How far equity is below its highest value so far, negative.', 'metrics'],
  benchmark: [
    'Benchmark',
    'What simply holding an index would have brought: QQQ where the data have it, else SPY.',
    'metrics',
  ],
  'delisted-symbol': [
    'Delisted symbol',
    'One that stopped trading for good; without such symbols the data hold only survivors.',
    'limits',
  ],
  survivorship: [
    'Survivorship',
    'Data that hold only companies which still exist make every rule look better than it was.',
    'limits',
  ],
  attribution: [
    'Attribution',
    'Trades and profit by what brought them: signal, symbol, exit, or part of an option’s price.',
    'metrics',
  ],
  'paper-portfolio': [
    'Paper portfolio',
    'Signals taken without money, filled at the next open by the rules and costs of the system.',
    'live',
  ],
  replay: [
    'Replay',
    'Past days sent down the path of live data one by one, to see whether the same decisions come out.',
    'live',
  ],
  coverage: ['Coverage', 'When each live source was listened to, and why not when it was not.', 'live'],
  poller: [
    'Poller',
    'The one part of the page that may ask other servers, and only those that you agreed to.',
    'live',
  ],
  relay: [
    'Relay',
    'A program of your own that asks a source in the page’s place, where the source refuses pages.',
    'live',
  ],
} as const satisfies Record<string, Term>
