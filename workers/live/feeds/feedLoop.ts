import type { AskFailed, FeedPhase } from '../contract.ts'
import type { Platform } from '../platform.ts'
import { nextAfterFailure, nextAfterSuccess } from './delays.ts'

export type Polled =
  /** `moreAfterMs`: there is more, and from when it can be had; null = there is not. */
  | { kind: 'done'; moreAfterMs: number | null; sentence: string }
  | { kind: 'failed'; failed: AskFailed }
  /** The feed was turned off or changed meanwhile. */
  | { kind: 'gone' }

interface Work {
  everyMs: number
  /** Never rejects. */
  poll(): Promise<Polled>
  /** Phase or sentence changed. */
  told(): void
}

const leastWaitMs = 250

/** Polls one feed again and again, one poll at a time. */
export class FeedLoop {
  phase: FeedPhase = 'waiting'
  sentence = ''
  /** Epoch milliseconds. */
  nextPoll: number | null = null
  failures = 0
  private callOff: () => void = () => undefined
  private held = false
  private asking = false
  private ended = false

  constructor(
    private readonly platform: Pick<Platform, 'now' | 'after' | 'random'>,
    private readonly work: Work,
    /** Epoch milliseconds before which the source asked not to be asked. */
    private notBefore: number,
  ) {}

  /** Polls at `at`, or as soon as the source may be asked. */
  plan(at: number, phase: FeedPhase, sentence: string): void {
    if (this.ended || this.held) return
    this.callOff()
    const now = this.platform.now()
    this.nextPoll = Math.max(now, at, this.notBefore)
    this.callOff = this.platform.after(this.nextPoll - now, () => void this.poll())
    this.tell(phase, sentence)
  }

  /** Polls no more until `release`. */
  hold(phase: FeedPhase, sentence: string): void {
    this.held = true
    this.callOff()
    this.nextPoll = null
    this.tell(phase, sentence)
  }

  release(sentence: string): void {
    if (!this.held) return
    this.held = false
    if (this.asking) this.tell('asking', 'Asking.')
    else this.soon(sentence)
  }

  /** After a sleep: what was planned is long past. */
  wake(): void {
    if (!this.asking) this.soon('Going on after a sleep.')
  }

  end(): void {
    this.ended = true
    this.callOff()
  }

  /** Epoch milliseconds until which the source asked to be left alone; 0 = it may be asked. */
  get leftAlone(): number {
    return this.notBefore > this.platform.now() ? this.notBefore : 0
  }

  /** Feeds that were held together do not ask all at once. */
  private soon(sentence: string): void {
    this.plan(this.platform.now() + this.platform.random() * 2000, 'waiting', sentence)
  }

  private tell(phase: FeedPhase, sentence: string): void {
    this.phase = phase
    this.sentence = sentence
    this.work.told()
  }

  private async poll(): Promise<void> {
    if (this.asking) return
    this.asking = true
    this.nextPoll = null
    this.tell('asking', 'Asking.')
    const polled = await this.work.poll()
    this.asking = false
    // Held while it asked, it stays so.
    if (this.ended || this.held) return
    const { platform, work } = this
    const now = platform.now()
    if (polled.kind === 'done') {
      this.failures = 0
      const wait = polled.moreAfterMs ?? nextAfterSuccess(work.everyMs, platform.random())
      this.plan(now + Math.max(leastWaitMs, wait), 'waiting', polled.sentence)
    } else if (polled.kind === 'failed') {
      const { kind, message, retryAfterMs } = polled.failed
      if (kind === 'budget') return this.plan(now + (retryAfterMs ?? work.everyMs), 'spent', message)
      if (kind === 'offline') return this.plan(now + work.everyMs, 'offline', message)
      this.failures++
      this.notBefore = now + (retryAfterMs ?? 0)
      const wait = nextAfterFailure(this.failures, work.everyMs, retryAfterMs, platform.random())
      this.plan(now + wait, 'backing-off', message)
    }
  }
}
