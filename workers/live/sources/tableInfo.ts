import type { SettingField, SourceInfo } from '../contract.ts'
import { columnSetting, tableRoles } from './tableRoles.ts'

const columnFields = (kind: 'prices' | 'options'): SettingField[] =>
  tableRoles[kind].map(({ name, label, help, required }) => ({
    kind: 'text',
    name: columnSetting(name),
    label: `Column: ${label}`,
    help: `${help} ${required ? 'Needed; blank' : 'Blank'} = found by its name.`,
    onlyWhen: { field: 'kind', equals: kind },
    value: '',
    placeholder: 'found by its name',
  }))

/** Both kinds have a symbol and a volume: one field each, asked for in either case. */
function withoutRepeats(fields: SettingField[]): SettingField[] {
  const shared = new Set(
    fields
      .filter(({ name }, i) => fields.findIndex((one) => one.name === name) !== i)
      .map(({ name }) => name),
  )
  return fields
    .filter(({ name }, i) => fields.findIndex((one) => one.name === name) === i)
    .map((field) => (shared.has(field.name) ? { ...field, onlyWhen: undefined } : field))
}

const needsKey = { field: 'needsKey', equals: 'yes' } as const

export const tableInfo: SourceInfo = {
  id: 'table',
  name: 'Prices or options from an address',
  summary: 'Daily bars or option quotes as CSV or JSON from a vendor of your choice.',
  gives: ['prices', 'options'],
  cost: 'Whatever the vendor charges.',
  limits: 'Those of the vendor: say how many requests a day it allows, and no more are made.',
  licence: 'The vendor’s. Many allow personal use only.',
  terms: 'Those of the vendor.',
  browsers: 'Many vendors refuse pages: then use a relay.',
  fields: [
    {
      kind: 'choice',
      name: 'kind',
      label: 'What it holds',
      help: 'Bars are taken when their day has closed, at 21:00 UTC.',
      value: 'prices',
      options: [
        { value: 'prices', label: 'Daily bars' },
        { value: 'options', label: 'Option quotes' },
      ],
    },
    {
      kind: 'url',
      name: 'url',
      label: 'Address',
      help: 'With {symbol} where the symbol goes, {from} and {to} for days such as 2026-01-31, and {key} for the key.',
      required: true,
      value: '',
      placeholder: 'https://example.com/eod/{symbol}.csv?from={from}&apikey={key}',
    },
    {
      kind: 'text',
      name: 'symbols',
      label: 'Symbols',
      help: 'One a line or between commas. Each takes one request a poll where the address has {symbol}.',
      value: '',
      placeholder: 'MSFT, BRK.B',
    },
    {
      kind: 'number',
      name: 'days',
      label: 'Days back',
      help: '{from} is this far before today.',
      value: 30,
      min: 1,
      max: 3650,
      unit: 'days',
    },
    {
      kind: 'choice',
      name: 'needsKey',
      label: 'Key',
      help: 'Keys are kept apart from the address, which is stored and exported.',
      value: 'no',
      options: [
        { value: 'no', label: 'None needed' },
        { value: 'yes', label: 'Needs a key' },
      ],
    },
    {
      kind: 'text',
      name: 'keyHeader',
      label: 'Header of the key',
      help: 'Where the vendor wants the key in a header, such as X-Api-Key. Blank = the key goes where the address has {key}.',
      onlyWhen: needsKey,
      value: '',
      placeholder: '',
    },
    {
      kind: 'secret',
      name: 'key',
      label: 'Your key',
      help: 'For the header Authorization with the word before it: Bearer abc.',
      required: true,
      onlyWhen: needsKey,
      placeholder: '',
    },
    {
      kind: 'choice',
      name: 'format',
      label: 'Format',
      help: 'How the answer is written.',
      value: 'csv',
      options: [
        { value: 'csv', label: 'CSV' },
        { value: 'json', label: 'JSON' },
      ],
    },
    {
      kind: 'text',
      name: 'path',
      label: 'Place in the JSON',
      help: 'Keys with points between, such as data.bars. Blank = the longest list of records.',
      onlyWhen: { field: 'format', equals: 'json' },
      value: '',
      placeholder: 'results',
    },
    {
      kind: 'choice',
      name: 'dates',
      label: 'Dates',
      help: 'How days are written. A day with the year in front is always understood.',
      value: 'iso',
      options: [
        { value: 'iso', label: '2026-01-31 or 20260131' },
        { value: 'month-first', label: '1/31/2026' },
        { value: 'day-first', label: '31/1/2026' },
        { value: 'seconds', label: 'Seconds since 1970' },
        { value: 'milliseconds', label: 'Milliseconds since 1970' },
      ],
    },
    ...withoutRepeats([...columnFields('prices'), ...columnFields('options')]),
    {
      kind: 'number',
      name: 'minutes',
      label: 'Ask every',
      help: 'A day’s bar comes once: an hour is often enough.',
      value: 60,
      min: 5,
      max: 1440,
      unit: 'minutes',
    },
    {
      kind: 'number',
      name: 'perDay',
      label: 'Requests a day',
      help: 'As many as the vendor allows; polls are spread over the day so that they suffice.',
      value: 100,
      min: 1,
      max: 100_000,
      unit: 'requests',
    },
  ],
}
