import type { Charge } from '../ask/budget.ts'
import type { CollectedRow } from '../collectedRows.ts'
import type {
  CollectedSummary,
  CollectedTable,
  CoverageSpan,
  LiveOptions,
  Secrets,
  Settings,
  SourceId,
} from '../contract.ts'

export interface KeptFeed {
  id: string
  source: SourceId
  name: string
  settings: Settings
  on: boolean
  /** It was turned on with keys, without which it does not go on. */
  keyed: boolean
  /** Epoch milliseconds, for the order. */
  madeAt: number
}

/** What polls leave of a feed. */
export interface FeedState {
  feed: string
  cursor: unknown
  /** By address, the oldest first. */
  etags: [url: string, etag: string][]
  requests: number
  rows: number
  refused: number
  firstRefusal: string
  lastSuccess: number | null
  /** Epoch milliseconds until which the source asked to be left alone; 0 = it did not. */
  notBefore: number
}

export interface KeptRow {
  row: CollectedRow
  /** Epoch milliseconds, by the clock here. */
  seenAt: number
  /** The feed that saw it first. */
  feed: string
  /** When the end of an incident was seen, where that was later than the incident. */
  endSeenAt?: number
}

export interface FeedSpan {
  feed: string
  span: CoverageSpan
}

/** Aircraft that are followed, packed; those of one bucket are written together. */
export interface LegBucket {
  bucket: number
  icao24: string[]
  /** [aircraft × fields], aircraft-major. */
  fields: Float64Array
}

/** What one poll changes, written as one: a crash loses and doubles nothing. */
export interface Commit {
  /** Epoch milliseconds. */
  now: number
  rows: KeptRow[]
  /** Their `rows` and `refused` grow by what the rows turn out to be. */
  states: FeedState[]
  spans: FeedSpan[]
  buckets: LegBucket[]
}

export interface Committed {
  /** As they are now. */
  states: FeedState[]
  /** Of tables whose rows changed. */
  changed: CollectedSummary[]
}

export interface Kept {
  feeds: KeptFeed[]
  states: FeedState[]
  charges: Map<string, Charge[]>
  secrets: Map<string, Secrets>
  options: LiveOptions | null
  /** The last of every feed. */
  spans: FeedSpan[]
  buckets: LegBucket[]
}

/** What outlives the visit. */
export interface LiveStore {
  load(): Promise<Kept>
  commit(commit: Commit): Promise<Committed>
  putFeed(feed: KeptFeed): Promise<void>
  /** What it collected stays, and where it listened. */
  removeFeed(id: string): Promise<void>
  putCharges(budget: string, charges: Charge[]): Promise<void>
  /** Null = forget them. */
  putSecrets(feed: string, secrets: Secrets | null): Promise<void>
  putOptions(options: LiveOptions): Promise<void>
  summaries(): Promise<CollectedSummary[]>
  /** In batches. */
  rows(table: CollectedTable): AsyncIterable<KeptRow[]>
  /** By time. */
  spans(feed: string): Promise<CoverageSpan[]>
  /** Null = everything. */
  forget(table: CollectedTable | null): Promise<void>
  close(): void
}

export const emptyState = (feed: string): FeedState => ({
  feed,
  cursor: null,
  etags: [],
  requests: 0,
  rows: 0,
  refused: 0,
  firstRefusal: '',
  lastSuccess: null,
  notBefore: 0,
})
