import type { Term } from './term.ts'

/** What systems read. */
export const dataTerms = {
  'simulated-market': [
    'Simulated market',
    'Companies that do not exist, with prices, flights, tickets and chains made by a seeded generator.',
    'start',
  ],
  'adjusted-price': [
    'Adjusted price',
    'A price changed backwards for splits and dividends, so that returns are what a holder earned.',
    'repairs',
  ],
  'refused-row': [
    'Refused row',
    'A record that cannot be read as what its columns say; kept with line, column and reason.',
    'refused',
  ],
  repair: ['Repair', 'Something done to imported prices, listed with a switch to undo it.', 'repairs'],
  project: ['Project', 'One file with the files you imported and what was set, to open elsewhere.', 'kept'],
  filter: ['Filter', 'Words, numbers or days that the rows of a table have to match.', 'formats'],
  'flight-leg': ['Leg', 'One flight of one aircraft.', 'jet'],
  trip: ['Trip', 'Legs of one aircraft from its home base until it returns.', 'jet'],
  'company-week': [
    'Company-week',
    'What a company’s aircraft did in a week, beside what is usual for it.',
    'jet',
  ],
  'hidden-week': ['Hidden week', 'A week in which a company that usually flies shows nothing.', 'jet'],
  excursion: ['Risk of a signal', 'Rank of the fall that the model expects on the way.', 'jet'],
  anomaly: ['Unusual day', 'A day with more tickets than the days before it make likely.', 'anomalies'],
  mad: ['MAD', 'Median absolute deviation: the median distance from the median.', 'anomalies'],
  corroborator: ['Corroborator', 'An independent source that agrees with the tickets.', 'tickets'],
  'what-if-curve': [
    'What-if',
    'How precision, lead and trades change with a threshold, each with its interval.',
    'tickets',
  ],
  dispersion: ['Dispersion', 'How much more counts vary than chance alone would have it.', 'anomalies'],
} as const satisfies Record<string, Term>
