/** Nobody publishes these. */
export const NEWS_SOURCES = ['Simulated Wire', 'Simulated Herald', 'Simulated Ledger']

/** By tone; without commas or quotation marks, so that the file needs no quoting. */
export const HEADLINES = {
  bad: [
    'Customers of {name} report failed logins',
    'Users complain of lost records at {name}',
    '{name} apologises for slow service',
    'Billing errors vex customers of {name}',
    'Large customer of {name} reviews its contract',
    'Update from {name} is withdrawn after errors',
    '{name} support lines overrun',
    'Partners of {name} warn of late deliveries',
  ],
  good: [
    'Customers take up the new offer of {name} quickly',
    '{name} wins praise for its latest version',
    'More partners connect to {name}',
    'Large customer of {name} extends its contract',
    '{name} tops a survey of users',
    'Waiting list for {name} grows',
    'Developers turn to {name}',
    '{name} opens its service to smaller firms',
  ],
  dull: [
    '{name} names a new head of operations',
    '{name} to speak at an industry conference',
    '{name} moves an office',
    '{name} publishes its yearly report on people',
    '{name} sets the date of its meeting of shareholders',
    '{name} renews a credit line',
  ],
} as const
