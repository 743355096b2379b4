import type { CollectedRow } from './collectedRows.ts'

/** Results cross Comlink as data, because an Error loses everything but its message there. */
export type Outcome<T> =
  { ok: true; value: T } | { ok: false; code: string; message: string; detail?: string }

/** Protocols that are spoken. */
export type SourceId = 'opensky' | 'readsb' | 'github' | 'npm' | 'statuspage' | 'table'

export type SettingValue = string | number | boolean
export type Settings = Record<string, SettingValue>
/** Keys and passwords: in memory only, unless the person chose to keep them; never in a link or an export. */
export type Secrets = Record<string, string>

interface FieldBase {
  name: string
  label: string
  /** One sentence a newcomer understands. */
  help: string
  required?: boolean
  /** The field is only asked for while another has this value. */
  onlyWhen?: { field: string; equals: SettingValue }
}

/** A field of the form of a source. */
export type SettingField = FieldBase &
  (
    | { kind: 'text'; value: string; placeholder: string }
    | { kind: 'url'; value: string; placeholder: string }
    | { kind: 'number'; value: number; min: number; max: number; unit: string }
    | { kind: 'choice'; value: string; options: { value: string; label: string }[] }
    | { kind: 'secret'; placeholder: string }
  )

/** What a person reads before turning a source on. */
export interface SourceInfo {
  id: SourceId
  name: string
  /** One sentence: what it gives. */
  summary: string
  /** Tables that it fills. */
  gives: CollectedTable[]
  cost: string
  limits: string
  licence: string
  /** Address of the terms, shown as text. */
  terms: string
  /** Whether pages may ask it directly, as far as is known, and what to do where not. */
  browsers: string
  fields: SettingField[]
}

/** Tables of the data worker that can be collected. */
export type CollectedTable = 'flights' | 'tickets' | 'adoption' | 'incidents' | 'prices' | 'options'

/** Position of one aircraft at one moment. */
export interface StateReport {
  /** Six hexadecimal digits, lower case. */
  icao24: string
  /** Epoch milliseconds of the position, by the clock of the source. */
  time: number
  /** Degrees. */
  latitude: number
  longitude: number
  /** Metres; NaN where it is not told. */
  altitude: number
  /** Metres a second; NaN where it is not told. */
  groundSpeed: number
  /** 1 on the ground, 0 in the air, NaN where it is not told. */
  onGround: number
}

/** One request of an adapter. */
export interface Ask {
  url: string
  headers?: Record<string, string>
  /** Form fields to be posted; absent = GET. */
  body?: Record<string, string>
  /** Units of the budget that it costs; default 1. */
  cost?: number
  /** Sent with the ETag of the last answer; a 304 costs nothing and gives `unchanged`. */
  conditional?: boolean
}

export interface Answer {
  unchanged: boolean
  text: string
  /** Lower-case name; null where it is absent or hidden from pages. */
  header(name: string): string | null
  /** Epoch milliseconds when it came in, by the clock here. */
  at: number
}

/** Why nothing came; `message` is a sentence for the person that says what to do. */
export class AskFailed extends Error {
  constructor(
    readonly kind:
      | 'budget'
      | 'limit'
      | 'refused'
      | 'missing'
      | 'server'
      | 'timeout'
      | 'offline'
      | 'malformed'
      | 'too-large'
      | 'not-allowed',
    message: string,
    /** How long the source asked to be left alone. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message)
  }
}

export interface PollContext {
  settings: Settings
  secrets: Secrets
  /** What the last poll left for this one; null at first. Plain data. */
  cursor: unknown
  /** Epoch milliseconds. */
  now: number
  /** Asks within the allow-list and the budget; throws `AskFailed`. */
  ask(request: Ask): Promise<Answer>
  /** JSON of an answer; throws `AskFailed` of kind `malformed` that says where. */
  json(answer: Answer): unknown
}

export interface PollResult {
  rows: CollectedRow[]
  /** Aircraft seen. */
  states?: StateReport[]
  cursor: unknown
  /** Rows of the answer that were not understood, and the first such, in words. */
  refused: number
  firstRefusal: string
  /** There is more to fetch than the budget allowed: ask again as soon as it does. */
  more?: boolean
}

/** One protocol: pure but for `ask`. */
export interface Adapter {
  info: SourceInfo
  /** What is wrong with the settings, in a sentence that says what to do; '' = nothing. */
  problem(settings: Settings): string
  /** Origins that requests go to under these settings, such as https://api.github.com: all there are. */
  origins(settings: Settings): string[]
  /** Milliseconds between polls, and what may be spent: `units` in any `perMs`. */
  pace(
    settings: Settings,
    secrets: Secrets,
  ): { everyMs: number; budget: { units: number; perMs: number } | null }
  poll(context: PollContext): Promise<PollResult>
}

// —— What is collected from

/** A source as a person set it up; several may speak one protocol. */
export interface Feed {
  id: string
  source: SourceId
  name: string
  settings: Settings
  on: boolean
  /** Origins that requests go to, through the relay where one is used. */
  origins: string[]
  viaRelay: boolean
}

export type FeedPhase =
  'off' | 'waiting' | 'asking' | 'paused' | 'backing-off' | 'spent' | 'offline' | 'needs-key'

export interface FeedStatus {
  id: string
  phase: FeedPhase
  /** What goes on, or what went wrong and what to do, in a sentence. */
  sentence: string
  /** Epoch milliseconds; null = never, or none is planned. */
  lastSuccess: number | null
  nextPoll: number | null
  /** Of the budget: spent in the running window, and its size; null = no budget. */
  spent: { units: number; of: number; perMs: number } | null
  /** Since it was turned on, over all visits. */
  requests: number
  rows: number
  refused: number
  firstRefusal: string
  /** Failures in a row. */
  failures: number
}

/** A stretch of time in which a feed was listened to, or was not and should have been. */
export interface CoverageSpan {
  from: number
  to: number
  /** `listened`, or why there is a gap. */
  kind: 'listened' | 'closed' | 'asleep' | 'hidden' | 'offline' | 'failing' | 'spent' | 'full'
}

export interface LiveStatus {
  feeds: FeedStatus[]
  /** Aircraft in the air that may become legs. */
  airborne: number
  options: LiveOptions
  storage: {
    /** `full`: nothing more can be written; what was seen waits in memory. `off`: nothing outlives the visit. */
    kind: 'on' | 'full' | 'off'
    sentence: string
    used: number
    quota: number
    /** Rows that wait in memory for room. */
    waiting: number
  }
  /** Another tab collects; this one looks on. */
  elsewhere: boolean
}

export interface LiveOptions {
  /** Poll no more while no tab of the page is in view. */
  pauseHidden: boolean
  /** Base URL of the person's own relay: requests go to `relay` + the encoded address; '' = none. */
  relay: string
  /** Keep keys in this browser. */
  keepSecrets: boolean
}

/** What is kept of one table. */
export interface CollectedSummary {
  table: CollectedTable
  rows: number
  /** Epoch milliseconds of the rows; NaN of none. */
  from: number
  to: number
  newestSeen: number
  /** Changes with every change of the rows. */
  version: number
}

/** The answer of a source, asked once to look at it; nothing of it is kept. */
export interface Trial {
  requests: { url: string; status: string }[]
  /** What would have been taken in. */
  rows: CollectedRow[]
  states: StateReport[]
  refused: number
  firstRefusal: string
  /** For tables: the names of the columns, and the first records as texts. */
  columns: string[]
  records: string[][]
}

/** Told as it happens. */
export type LiveNews =
  | { kind: 'status'; status: LiveStatus }
  /** Rows were added or changed: `table` should be taken in again. */
  | { kind: 'collected'; summary: CollectedSummary }

/** The worker that polls: the only part of Contrail that may leave the origin. */
export interface LiveApi {
  /** Opens what was kept and goes on with the feeds that were on. */
  start(listener: (news: LiveNews) => void): Promise<Outcome<null>>
  feeds(): Promise<Outcome<Feed[]>>
  status(): Promise<Outcome<LiveStatus>>
  /** Adds a feed (null) or changes one; it stays off, or is turned off where its origins change. */
  save(id: string | null, source: SourceId, name: string, settings: Settings): Promise<Outcome<Feed>>
  remove(id: string): Promise<Outcome<null>>
  /** The only way for requests to leave: the origins must be those that the person was shown. */
  turnOn(id: string, origins: string[], secrets: Secrets): Promise<Outcome<null>>
  turnOff(id: string): Promise<Outcome<null>>
  /** Asks once, within the budget, and keeps nothing. */
  tryOnce(id: string, origins: string[], secrets: Secrets): Promise<Outcome<Trial>>
  pollNow(id: string): Promise<Outcome<null>>
  setOptions(options: LiveOptions): Promise<Outcome<null>>
  /** The page tells whether it is in view, and whether the browser is online. */
  visible(inView: boolean, online: boolean): Promise<void>
  collected(): Promise<Outcome<CollectedSummary[]>>
  /** Everything kept of a table as CSV with the columns of `collectedColumns`. */
  file(table: CollectedTable): Promise<Outcome<File>>
  coverage(feed: string, from: number, to: number): Promise<Outcome<CoverageSpan[]>>
  /** Null = everything that was collected, and the feeds with it. */
  forget(table: CollectedTable | null): Promise<Outcome<null>>
}
