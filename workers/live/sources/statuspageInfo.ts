import type { SourceInfo } from '../contract.ts'

export const statuspageInfo: SourceInfo = {
  id: 'statuspage',
  name: 'Status page',
  summary: 'Incidents of a service as its status page tells them, and again when they are resolved.',
  gives: ['incidents'],
  cost: 'Free.',
  limits:
    'No limit is stated. A page takes two requests a poll, a file one, and answers without news are short.',
  licence: 'What a page says belongs to its owner.',
  terms: 'Those of the page; of Statuspage: https://www.atlassian.com/legal',
  browsers: 'Pages made with Statuspage may be asked. Of others a relay may be needed.',
  fields: [
    {
      kind: 'url',
      name: 'url',
      label: 'Address',
      help: 'Of a page made with Statuspage, or of a file of incidents as Google Cloud and Amazon publish them (JSON, JSON Lines).',
      required: true,
      value: '',
      placeholder: 'https://www.githubstatus.com',
    },
    {
      kind: 'text',
      name: 'symbol',
      label: 'Symbol',
      help: 'The share of the company that runs the service.',
      required: true,
      value: '',
      placeholder: 'MSFT',
    },
    {
      kind: 'number',
      name: 'minutes',
      label: 'Ask every',
      help: 'Incidents last from minutes to hours.',
      value: 5,
      min: 1,
      max: 1440,
      unit: 'minutes',
    },
  ],
}
