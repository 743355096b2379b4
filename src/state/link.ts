import { tableNames } from '../../workers/data/schema.ts'
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import * as v from 'valibot'
import { systemInfos, validateParams } from '../../workers/systems/api.ts'
import type { ParamValue, Params } from '../../workers/systems/api.ts'
import { routes, type ViewId } from '../routes.ts'
import { defaultState, landingState, landingView, type AppState, type DatasetRef } from './appState.ts'
import { compareField } from './compareField.ts'
import { jetTabs } from './jetTabs.ts'
import { liveTabs } from './liveTabs.ts'
import { contractField, optionsChainField, strikemapSettingsField } from './optionFields.ts'
import { optionsTabs } from './optionsTabs.ts'
import { playgroundField } from './playgroundField.ts'
import { seenField } from './seenFigures.ts'
import { sweepField } from './sweepField.ts'
import { ticketsTabs } from './ticketsTabs.ts'
import { ticketWeightsField, ticketWordsField } from './ticketFields.ts'
import { walkField } from './walkField.ts'

/** A link is bounded before anything of it is looked at. */
export const maxEncoded = 8 * 1024
/** Files that a link names at most. */
export const mostDatasets = 64
export const maxInflated = 64 * 1024

const prefix = '#v1.'
const day = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const hex = (most: number) => v.pipe(v.string(), v.regex(/^[0-9a-f]+$/), v.maxLength(most))

/** One row per field: what a valid value is. A field that does not fit is dropped and named. */
const fields = {
  view: v.picklist(routes.map((route) => route.id)),
  jetTab: v.picklist(jetTabs.map(({ id }) => id)),
  ticketsTab: v.picklist(ticketsTabs.map(({ id }) => id)),
  ticketProduct: v.nullable(v.pipe(v.string(), v.maxLength(240))),
  ticketWords: v.nullable(ticketWordsField),
  ticketWeights: ticketWeightsField,
  optionsTab: v.picklist(optionsTabs.map(({ id }) => id)),
  optionsChain: optionsChainField,
  optionsContract: contractField,
  strikemapSettings: strikemapSettingsField,
  liveTab: v.picklist(liveTabs.map(({ id }) => id)),
  checkpoint: v.nullable(
    v.object({
      name: v.pipe(v.string(), v.maxLength(120)),
      kind: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  from: v.nullable(day),
  to: v.nullable(day),
  split: v.nullable(v.union([v.literal('auto'), day])),
  benchmark: v.nullable(v.pipe(v.string(), v.maxLength(32))),
  datasets: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.maxLength(200)),
        kind: v.picklist(tableNames),
        rows: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        schemaHash: hex(64),
        sha256: hex(64),
      }),
    ),
    v.maxLength(mostDatasets),
    v.transform(distinct),
  ),
  repairsOff: v.pipe(v.array(v.pipe(v.string(), v.maxLength(80))), v.maxLength(200)),
  sweep: sweepField,
  walk: walkField,
  playground: playgroundField,
  compare: compareField,
  // What the guide holds is known once it is loaded: any other name there opens its first page.
  guide: v.nullable(v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.maxLength(80))),
  family: v.nullable(v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(6000))),
  result: v.nullable(hex(64)),
  seen: seenField,
}
type Field = keyof typeof fields
const fieldNames = Object.keys(fields) as Field[]

export interface Decoded {
  state: AppState
  /** A sentence for every field that could not be used. */
  problems: string[]
}

/** The non-default part of the state as a URL fragment, and the view; '' for what the page opens with. */
export function encodeLink(state: AppState): string {
  const changed = nonDefault(state)
  if (state.view === landingView && Object.keys(changed).length === 0) return ''
  const plain = { view: state.view, ...changed }
  return prefix + toBase64Url(deflateSync(strToU8(JSON.stringify(plain)), { level: 9 }))
}

/** Reads a fragment; anything that does not fit falls back to the default and yields a sentence. Never throws. */
export function decodeLink(fragment: string): Decoded {
  if (fragment === '' || fragment === '#') return { state: landingState(), problems: [] }
  const fail = (problem: string): Decoded => ({ state: landingState(), problems: [problem] })
  if (fragment.length > maxEncoded)
    return fail('This link is longer than a Contrail link can be, so none of it was used.')
  const version = /^#v(\d{1,4})\./.exec(fragment)
  if (!version) return fail('This link is not a Contrail link, so the first page is shown.')
  if (version[1] !== '1')
    return fail(
      `This link was made by a newer Contrail (format ${version[1]}). Reload the page to get the newest one.`,
    )
  const plain = inflate(fragment.slice(prefix.length))
  if (plain === null) return fail('This link is damaged: copy it again, all of it.')
  // A link that names no view is from before there was a landing page, and means the default one.
  return read(plain, defaultState())
}

function read(plain: Record<string, unknown>, state: AppState): Decoded {
  const problems: string[] = []
  const accepted: Partial<Record<Field, unknown>> = {}
  for (const name of fieldNames) {
    if (!Object.hasOwn(plain, name)) continue
    const result = v.safeParse(fields[name], plain[name])
    if (result.success) accepted[name] = result.output
    else problems.push(`“${name}” in this link is not valid and was left at its default.`)
  }
  const unknown = Object.keys(plain).filter((name) => name !== 'params' && !Object.hasOwn(fields, name))
  if (unknown.length > 0)
    problems.push(
      `This link says more than this version of the page knows, and that was left out: ${someOf(unknown)}.`,
    )
  const params = { ...state.params }
  const given = plain.params
  if (isRecord(given)) {
    for (const info of systemInfos) {
      if (!Object.hasOwn(given, info.id)) continue
      const merged = isRecord(given[info.id])
        ? { ...params[info.id], ...(given[info.id] as Record<string, unknown>) }
        : given[info.id]
      const checked = validateParams(info, merged)
      params[info.id] = checked.params
      problems.push(...checked.problems)
    }
    const systems = Object.keys(given).filter((name) => !systemInfos.some(({ id }) => id === name))
    if (systems.length > 0)
      problems.push(`Parameters of systems that are not known here were left out: ${someOf(systems)}.`)
  } else if (given !== undefined) {
    problems.push('The parameters in this link are not valid and were left at their defaults.')
  }
  return { state: { ...state, ...(accepted as Partial<AppState>), params }, problems: fewOf(problems) }
}

/** A link can be wrong in thousands of ways at once; nobody reads them all. */
const mostProblems = 12

function fewOf(problems: string[]): string[] {
  const plain = problems.map(inert)
  if (plain.length <= mostProblems) return plain
  const left = plain.length - mostProblems
  return [...plain.slice(0, mostProblems), `${left} more of its settings could not be used.`]
}

/** Names that came with a link, short enough to be read. */
function someOf(names: string[]): string {
  const quoted = names.slice(0, 4).map((name) => `“${name.slice(0, 40)}”`)
  return quoted.join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '')
}

/** Without characters that hide, or turn the text around them. */
function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
}

/** The same file twice is one file. */
function distinct(refs: DatasetRef[]): DatasetRef[] {
  return refs.filter(
    (one, at) => refs.findIndex(({ sha256, kind }) => sha256 === one.sha256 && kind === one.kind) === at,
  )
}

function nonDefault(state: AppState): Record<string, unknown> {
  const base = defaultState()
  const plain: Record<string, unknown> = {}
  for (const name of fieldNames)
    if (name !== 'view' && JSON.stringify(state[name]) !== JSON.stringify(base[name]))
      plain[name] = state[name]
  const params: Record<string, Record<string, ParamValue>> = {}
  for (const info of systemInfos) {
    const changed = changedParams(state.params[info.id] ?? {}, base.params[info.id] ?? {})
    if (Object.keys(changed).length > 0) params[info.id] = changed
  }
  if (Object.keys(params).length > 0) plain.params = params
  return plain
}

function changedParams(params: Params, base: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([key, value]) => value !== base[key]))
}

function inflate(text: string): Record<string, unknown> | null {
  try {
    // One byte more than allowed, so that a text which fills it is known to be too long.
    const bytes = inflateSync(fromBase64Url(text), { out: new Uint8Array(maxInflated + 1) })
    if (bytes.length > maxInflated) return null
    const value: unknown = JSON.parse(strFromU8(bytes))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
}

/** The fragment of the same state in another view, for the navigation. */
export function linkToView(state: AppState, view: ViewId): string {
  return encodeLink({ ...state, view, result: null, seen: null }) || '#'
}
