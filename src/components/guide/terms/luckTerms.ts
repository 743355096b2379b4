import type { Term } from './term.ts'

/** What says whether a result is real. */
export const luckTerms = {
  trial: [
    'Trial',
    'Every distinct combination of system, settings, data and range that was ever computed, slider positions included.',
    'trials',
  ],
  family: [
    'Family of trials',
    'Everything that was tried, charged for together; it outlives the visit and travels in a link.',
    'trials',
  ],
  'p-value': [
    'p-value',
    'How often chance alone brings a best of all trials that is as good as this one.',
    'trials',
  ],
  'verdict-kind': [
    'Verdict',
    'The first of five sentences that applies to a result, from “not assessable” to “hard to explain by luck”.',
    'verdict',
  ],
  guard: [
    'Guard',
    'One question of its own about what else could explain a result; none of them is the verdict.',
    'guards',
  ],
  claim: [
    'Claim',
    'What a system is said to achieve, held against the interval of what was measured out of sample.',
    'claims',
  ],
  flag: [
    'Doubt',
    'Something about data, decisions or trades that weakens a result or makes it worthless.',
    'claims',
  ],
  interval: ['Interval', 'The range in which the true figure lies in 95 of 100 such samples.', 'bootstrap'],
  'stationary-bootstrap': [
    'Stationary bootstrap',
    'Resampling days in blocks of random length, so that what one day has to do with the next is kept.',
    'bootstrap',
  ],
  'wilson-interval': [
    'Wilson interval',
    'The interval of a share, such as a win rate, that stays honest when there are few cases.',
    'bootstrap',
  ],
  power: [
    'Power',
    'The chance that so much data would show a Sharpe ratio of 1 if it were there.',
    'verdict',
  ],
  'in-sample': ['In sample', 'The days on which settings are looked for.', 'parts'],
  'out-of-sample': [
    'Out of sample',
    'The days that say what settings are worth, as long as nobody chose by them.',
    'parts',
  ],
  'untouched-year': [
    'Untouched year',
    'The last year, on which no model was trained, chosen or calibrated.',
    'training',
  ],
  'look-ahead': [
    'Look-ahead',
    'A decision that used what nobody could know yet; checked by cutting off and scrambling the future.',
    'claims',
  ],
  'known-at': ['Known at', 'The first day on whose close a row may be used.', 'formats'],
  'excess-return': [
    'Excess return after beta',
    'Daily return beyond idle cash, less the part that the benchmark explains.',
    'trials',
  ],
  combination: [
    'Combination',
    'One value for each swept parameter; one that breaks a rule between parameters is counted and not run.',
    'sweeps',
  ],
  neighbours: ['Neighbours', 'The combinations of a sweep that are one step away.', 'sweeps'],
  plateau: [
    'Plateau score',
    'How much of a combination’s lead its neighbours share: 100 % is a plateau, 0 % a lonely peak.',
    'sweeps',
  ],
  'latin-hypercube': [
    'Latin hypercube',
    'A sample of combinations drawn so that every axis is covered evenly.',
    'sweeps',
  ],
  pbo: [
    'Probability of backtest overfitting',
    'How often the best setting of one half of the days falls below the median on the other half.',
    'overfitting',
  ],
  cscv: [
    'CSCV',
    'Combinatorially symmetric cross-validation: every half of the blocks of days is used once to choose and once to judge.',
    'overfitting',
  ],
  'walk-test': [
    'Test of a walk-forward',
    'The days after a training, traded with what was best in it.',
    'walk',
  ],
  'walk-training': [
    'Training of a walk-forward',
    'The days on which all combinations are tried; rolling keeps its length, anchored grows.',
    'walk',
  ],
  gap: ['Gap', 'Days between training and test that neither uses.', 'walk'],
  embargo: ['Embargo', 'Days right after a test that do not count in later trainings.', 'walk'],
  efficiency: [
    'Efficiency',
    'Annual return of the tests ÷ that of the trainings: how much of the promise came.',
    'walk',
  ],
  promise: ['Promise', 'What the best combination earned in training, which is partly luck.', 'walk'],
  'abnormal-return': [
    'Abnormal return',
    'What a price did beyond what the market’s move explains.',
    'eventStudy',
  ],
  car: ['CAR', 'Cumulative abnormal return: the sum over the window of an event.', 'eventStudy'],
  'market-model': [
    'Market model',
    'A straight line from the market’s return to the share’s, fitted on the estimation days.',
    'eventStudy',
  ],
  'event-window': [
    'Window',
    'The trading days around an event over which abnormal returns are added up.',
    'eventStudy',
  ],
  'estimation-window': [
    'Estimation',
    'The days before an event that tell how the share usually follows the market.',
    'eventStudy',
  ],
  patell: [
    'Patell’s test',
    'A test of abnormal returns in units of their usual error; too sure where events share days.',
    'eventStudy',
  ],
  bmp: ['BMP test', 'Boehmer, Musumeci and Poulsen: allows an event to raise the variance.', 'eventStudy'],
  'kolari-pynnonen': [
    'Kolari–Pynnönen correction',
    'Makes a test of abnormal returns less sure where events move together.',
    'eventStudy',
  ],
  corrado: ['Corrado’s test', 'A test by ranks, which single wild returns cannot carry.', 'eventStudy'],
  'cross-correlation': [
    'Correlation between events',
    'How much the abnormal returns of different events move together on the days they share.',
    'eventStudy',
  ],
  'result-hash': [
    'Result hash',
    'A number made of a result, so that two browsers can tell whether they got the same.',
    'links',
  ],
} as const satisfies Record<string, Term>
