import { problemOfAddress } from '../ask/allowList.ts'
import type { Ask, PollContext, Settings } from '../contract.ts'
import { dayMs, isoDay } from './instants.ts'
import { isSymbol, listOf, numberOf, textOf } from './readSettings.ts'

const example = 'https://example.com/eod/{symbol}.csv'
const mostSymbols = 500
/** Parameters whose value is a key, in an address that is stored as it is. */
const keyParameter = /^(api|access|auth)?[-_]?(key|token|secret|password)(id)?$/i

export function symbolsOf(settings: Settings): string[] {
  return [...new Set(listOf(settings, 'symbols').map((symbol) => symbol.toUpperCase()))]
}

/** Symbols to ask for, one request each; [''] where one request tells of all. */
export function requestsOf(settings: Settings): string[] {
  return textOf(settings, 'url').includes('{symbol}') ? symbolsOf(settings) : ['']
}

export function needsKey(settings: Settings): boolean {
  return textOf(settings, 'needsKey') === 'yes'
}

/** The origin of the address; null where it is none that may be asked. */
export function tableOrigin(settings: Settings): string | null {
  const filled = filledAddress(settings, { symbol: 'A', key: 'A', from: '2026-01-31', to: '2026-01-31' })
  return problemOfAddress(filled) === '' ? new URL(filled).origin : null
}

/** What is wrong with address, symbols and key, '' = nothing. */
export function requestProblem(settings: Settings): string {
  const url = textOf(settings, 'url')
  if (url === '') return `Type the address, such as ${example}.`
  const [, host = ''] = /^[a-z]+:\/\/([^/?#]*)/i.exec(url) ?? []
  if (/[{}]/.test(host))
    return 'The host of the address has to be written out: requests may go to it and to no other.'
  const stray = [...url.matchAll(/\{(.*?)\}/g)].find(
    ([, name]) => !['symbol', 'key', 'from', 'to'].includes(name),
  )
  if (stray) return `The address may hold {symbol}, {from}, {to} and {key}, not ${stray[0]}.`
  const filled = filledAddress(settings, { symbol: 'A', key: '', from: '2026-01-31', to: '2026-01-31' })
  const problem = problemOfAddress(filled)
  if (problem !== '') return problem
  for (const [name, value] of new URL(filled).searchParams) {
    if (keyParameter.test(name) && value !== '') {
      return `The address holds a key in “${name}”: write {key} in its place, and type the key below. Addresses are stored and exported.`
    }
  }
  return symbolsProblem(settings) || keyProblem(settings)
}

function symbolsProblem(settings: Settings): string {
  const symbols = symbolsOf(settings)
  const wrong = symbols.find((symbol) => !isSymbol(symbol))
  if (wrong !== undefined)
    return `“${wrong}” is no symbol: use letters, digits, points and hyphens, such as BRK.B.`
  if (symbols.length > mostSymbols)
    return `${symbols.length} symbols are too many for one source: list up to ${mostSymbols}.`
  if (requestsOf(settings).length === 0) return 'List the symbols to ask for: the address has {symbol}.'
  return ''
}

function keyProblem(settings: Settings): string {
  const inAddress = textOf(settings, 'url').includes('{key}')
  const header = textOf(settings, 'keyHeader')
  if (!needsKey(settings)) return inAddress ? 'The address has {key}: choose that it needs a key.' : ''
  if (header !== '' && !/^[A-Za-z0-9-]+$/.test(header))
    return `“${header}” is no name of a header, such as X-Api-Key.`
  if (header === '' && !inAddress) return 'Write {key} into the address where the key goes, or name a header.'
  return ''
}

/**
 * The request for a symbol.
 * @param conditional whether the last answer was taken in as a whole
 */
export function requestOf(context: PollContext, symbol: string, conditional: boolean): Ask {
  const { settings, secrets, now } = context
  const today = Math.floor(now / dayMs)
  const key = needsKey(settings) ? (secrets.key ?? '') : ''
  const header = needsKey(settings) ? textOf(settings, 'keyHeader') : ''
  return {
    url: filledAddress(settings, {
      symbol,
      key,
      from: isoDay(today - numberOf(settings, 'days', 30)),
      to: isoDay(today),
    }),
    ...(header !== '' && { headers: { [header]: key } }),
    // ETags are remembered by address, and an address with a key in it is not to be remembered.
    conditional: conditional && !textOf(settings, 'url').includes('{key}'),
  }
}

function filledAddress(settings: Settings, values: Record<string, string>): string {
  return textOf(settings, 'url').replace(/\{(symbol|key|from|to)\}/g, (_, name: string) =>
    encodeURIComponent(values[name]),
  )
}
