import type { SourceInfo } from '../contract.ts'

export const npmInfo: SourceInfo = {
  id: 'npm',
  name: 'npm downloads',
  summary: 'How often packages were downloaded, day by day.',
  gives: ['adoption'],
  cost: 'Free.',
  limits:
    'No limit is stated; a package takes one request a poll, and at most 60 an hour are made. Days are counted by the registry on the next day or later, and go back 18 months.',
  licence: 'Use it under npm’s terms.',
  terms: 'https://docs.npmjs.com/policies/open-source-terms',
  browsers: 'Pages may ask.',
  fields: [
    {
      kind: 'text',
      name: 'packages',
      label: 'Packages',
      help: 'One a line or between commas, with their scope where they have one.',
      required: true,
      value: '',
      placeholder: 'react, @angular/core',
    },
    {
      kind: 'text',
      name: 'symbol',
      label: 'Symbol',
      help: 'The share that the packages say something about.',
      required: true,
      value: '',
      placeholder: 'META',
    },
    {
      kind: 'number',
      name: 'days',
      label: 'Begin with the last',
      help: 'The first poll goes this far back. What it finds counts as known from the moment it was seen.',
      value: 180,
      min: 7,
      max: 365,
      unit: 'days',
    },
    {
      kind: 'number',
      name: 'hours',
      label: 'Ask every',
      help: 'The registry counts once a day.',
      value: 6,
      min: 1,
      max: 24,
      unit: 'hours',
    },
  ],
}
