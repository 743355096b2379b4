import { AskFailed } from '../contract.ts'
import type { Answer, Ask, PollContext, Secrets } from '../contract.ts'
import type { Platform } from '../platform.ts'
import type { Pass } from './allowList.ts'
import type { Allowance, Budget } from './budget.ts'
import { jsonOf } from './jsonOf.ts'
import { momentText } from './momentText.ts'
import { redact } from './redact.ts'
import { send } from './transport.ts'

interface AskerOptions {
  platform: Pick<Platform, 'now' | 'after' | 'fetch' | 'online'>
  pass: Pass
  secrets: Secrets
  /** Null = nothing limits it. */
  spending: { budget: Budget; allowance: Allowance; keep(): Promise<void> } | null
  etagOf: (url: string) => string | null
}

const mostEtags = 500

/** Asks for one poll: within the allow-list and the budget, and without keys in any message. */
export class Asker implements Pick<PollContext, 'ask' | 'json'> {
  /** Requests that left. */
  readonly sent: { url: string; status: string }[] = []
  /** What to send with the next conditional requests, once the rows of this poll are kept. */
  readonly etags = new Map<string, string>()
  /** Why the last request failed; null where it did not. Adapters may keep what came before it. */
  lastFailure: AskFailed | null = null
  private readonly hosts = new WeakMap<Answer, string>()

  constructor(private readonly options: AskerOptions) {}

  ask = async (ask: Ask): Promise<Answer> => {
    const { platform, pass, secrets, spending, etagOf } = this.options
    let log: { url: string; status: string } | undefined
    try {
      pass.addressFor(ask.url)
      if (!platform.online())
        throw new AskFailed('offline', 'There is no network. It goes on as soon as there is.')
      const cost = ask.cost ?? 1
      const charge = spending && this.charge(cost, spending)
      // On the disk before the request leaves, so that neither a reload nor another tab spends it again.
      if (spending) await spending.keep()
      log = { url: redact(ask.url, secrets), status: 'no answer' }
      this.sent.push(log)
      const answer = await send(platform, pass, ask, ask.conditional ? etagOf(ask.url) : null).finally(() => {
        if (spending && charge) spending.budget.answered(charge, platform.now())
      })
      log.status = answer.unchanged ? 'unchanged' : 'answered'
      if (answer.unchanged && spending && charge) spending.budget.refund(charge)
      if (spending) await spending.keep()
      const etag = answer.header('etag')
      if (ask.conditional && etag !== null) this.etags.set(ask.url, etag)
      this.hosts.set(answer, new URL(ask.url).host)
      this.lastFailure = null
      return answer
    } catch (error) {
      const failed = askFailedOf(error, secrets)
      if (log) log.status = failed.message
      this.lastFailure = failed
      throw failed
    }
  }

  json = (answer: Answer): unknown => jsonOf(answer.text, this.hosts.get(answer) ?? 'The source')

  private charge(cost: number, { budget, allowance }: NonNullable<AskerOptions['spending']>) {
    const now = this.options.platform.now()
    const wait = budget.wait(cost, now, allowance)
    if (wait === 0) return budget.spend(cost, now, allowance)
    if (wait === Infinity)
      throw new AskFailed(
        'budget',
        `One request costs ${cost}, more than the whole budget of ${allowance.units}. Ask for less: a smaller area.`,
        allowance.perMs,
      )
    throw new AskFailed(
      'budget',
      `The budget of ${allowance.units} ${per(allowance.perMs)} is spent. It goes on at ${momentText(now + wait, now)}.`,
      wait,
    )
  }
}

/** What was thrown, in a sentence without keys. */
export function askFailedOf(error: unknown, secrets: Secrets): AskFailed {
  if (error instanceof AskFailed)
    return new AskFailed(error.kind, redact(error.message, secrets), error.retryAfterMs)
  const message = error instanceof Error ? error.message : String(error)
  return new AskFailed('malformed', redact(`The answer could not be read (${message}).`, secrets))
}

/** The newest of two sets of ETags, bounded. */
export function joinedEtags(
  old: readonly [string, string][],
  fresh: ReadonlyMap<string, string>,
): [string, string][] {
  return [...old.filter(([url]) => !fresh.has(url)), ...fresh].slice(-mostEtags)
}

function per(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ]
  for (const [unit, name] of units) {
    if (ms === unit) return name === 'hour' ? 'an hour' : `a ${name}`
    if (ms > unit && ms % unit === 0) return `in ${ms / unit} ${name}s`
  }
  return `in ${ms / 1000} seconds`
}
