import { Pass } from '../../../../workers/live/ask/allowList.ts'
import { Asker, askFailedOf } from '../../../../workers/live/ask/asker.ts'
import { Budget, type Allowance } from '../../../../workers/live/ask/budget.ts'
import type { CollectedRow } from '../../../../workers/live/collectedRows.ts'
import type {
  PollResult,
  Secrets,
  Settings,
  SettingValue,
  SourceId,
} from '../../../../workers/live/contract.ts'
import { adapters } from '../../../../workers/live/sources/adapters.ts'
import { sourceInfos } from '../../../../workers/live/sources/infos.ts'
import type { Stub } from '../stubServer.ts'

/** What a form starts with, and what a test sets. */
export function settingsOf(source: SourceId, changes: Settings = {}): Settings {
  const fields = sourceInfos.find(({ id }) => id === source)?.fields ?? []
  const proposed = fields.flatMap((field): [string, SettingValue][] =>
    field.kind === 'secret' ? [] : [[field.name, field.value]],
  )
  return { ...Object.fromEntries(proposed), ...changes }
}

interface Options {
  secrets?: Secrets
  /** Instead of the budget of the source. */
  allowance?: Allowance
  /** Milliseconds until a request that gets no answer is given up. */
  patienceMs?: number
}

/** Polls of one feed, one after the other, through the transport and the stub as its relay. */
export class Conversation {
  readonly results: PollResult[] = []
  /** Every request that was tried, as it would be shown. */
  readonly sent: { url: string; status: string }[] = []
  private cursor = 'null'
  private etags = new Map<string, string>()
  private readonly budget = new Budget()

  constructor(
    private readonly stub: Stub,
    private readonly source: SourceId,
    private settings: Settings,
    private readonly options: Options = {},
  ) {}

  /** Throws `AskFailed`; what it leaves for the next poll goes through JSON, as on a disk. */
  async poll(): Promise<PollResult> {
    const adapter = adapters[this.source]
    const { secrets = {}, patienceMs = 20_000 } = this.options
    const now = () => this.stub.world.now()
    const allowance = this.options.allowance ?? adapter.pace(this.settings, secrets).budget
    const asker = new Asker({
      platform: {
        now,
        after: (_, callback) => {
          const timer = setTimeout(callback, patienceMs)
          return () => clearTimeout(timer)
        },
        fetch: (url, init) => fetch(url, init),
        online: () => true,
      },
      pass: new Pass(adapter.origins(this.settings), this.stub.relay),
      secrets,
      spending: allowance && { budget: this.budget, allowance, keep: () => Promise.resolve() },
      etagOf: (url) => this.etags.get(url) ?? null,
    })
    try {
      const result = await adapter.poll({
        settings: this.settings,
        secrets,
        cursor: JSON.parse(this.cursor) as unknown,
        now: now(),
        ask: asker.ask,
        json: asker.json,
      })
      this.cursor = JSON.stringify(result.cursor)
      for (const [url, etag] of asker.etags) this.etags.set(url, etag)
      this.results.push(result)
      return result
    } catch (error) {
      throw askFailedOf(error, secrets)
    } finally {
      this.sent.push(...asker.sent)
    }
  }

  /** Polls until there is no more, each time with a budget of its own. */
  async pollAll(most = 100): Promise<CollectedRow[]> {
    const rows: CollectedRow[] = []
    for (let i = 0; i < most; i++) {
      const result = await this.poll()
      rows.push(...result.rows)
      if (!result.more) return rows
    }
    throw new Error(`There was still more after ${most} polls.`)
  }

  /** Everything that may be kept or shown. */
  everything(): string {
    return JSON.stringify([this.results, this.cursor, this.sent])
  }
}
