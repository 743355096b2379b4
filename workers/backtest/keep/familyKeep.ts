import type { Maxima } from '../resampling/maxima.ts'
import { Moments } from '../moments.ts'
import type { CarriedTrials, Charged, Trial, TrialFamily } from '../trials.ts'
import type { Resampler } from '../resampling/resampler.ts'
import type { TrialId } from '../trialKey.ts'
import type { KeptFamily, TrialStore } from './trialStore.ts'

/** Milliseconds between two writes while somebody drags a slider. */
const restMilliseconds = 300

/**
 * The family with what of it has not been written yet. Whatever is added goes through here, so that it is charged
 * for in every later visit.
 */
export class FamilyKeep {
  private readonly pending: TrialId[] = []
  private carried = 0
  private readonly sharpes = new Moments()
  private dirty = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly family: TrialFamily,
    private readonly store: TrialStore,
  ) {}

  /** Reads what earlier visits tried; the trials of this one stay. */
  async load(): Promise<void> {
    const kept = await this.store.family()
    if (kept === null) return
    const { family } = this
    for (const id of kept.ids) family.ids.add(id)
    family.carried += kept.carried
    family.sharpes.merge(kept.sharpes)
    family.maxima.merge(kept)
  }

  add(trial: Trial, resampler: Resampler): Charged {
    const isNew = !this.family.ids.has(trial.id)
    const charged = this.family.add(trial, resampler)
    if (isNew) this.note(trial.id, trial.sharpe)
    this.touch()
    return charged
  }

  /** Trials that somebody else computed, with what they add to the maxima. They are written by `takePending`. */
  addMany(ids: Float64Array, sharpes: Float32Array, maxima: Pick<Maxima, 'studentised' | 'plain'>): void {
    for (let i = 0; i < ids.length; i++) {
      if (this.family.count(ids[i], sharpes[i])) this.note(ids[i], sharpes[i])
    }
    this.family.maxima.merge(maxima)
    this.dirty = true
  }

  /** Trials of a link; nothing where they are known already. */
  carry(other: CarriedTrials): void {
    const { carried, ids } = this.family
    const known = ids.size
    if (this.family.covers(other)) return
    this.family.carry(other)
    this.carried += this.family.carried - carried
    if (ids.size > known && other.shown !== null) this.pending.push(other.shown)
    this.sharpes.merge(other.sharpes)
    this.touch()
  }

  /** What has not been written, which the caller writes. */
  takePending(): KeptFamily {
    clearTimeout(this.timer)
    this.timer = undefined
    const { studentised, plain } = this.family.maxima
    const { count, mean, squares } = this.sharpes
    const part: KeptFamily = {
      ids: Float64Array.from(this.pending),
      carried: this.carried,
      sharpes: { count, mean, squares },
      studentised: studentised.slice(),
      plain: plain.slice(),
    }
    this.pending.length = 0
    this.carried = 0
    this.sharpes.clear()
    this.dirty = false
    return part
  }

  /** Writes what is pending now. */
  async flush(): Promise<void> {
    if (!this.dirty) return
    // Where the disk is full the family still holds for this visit.
    await this.store.addToFamily(this.takePending()).catch(() => undefined)
  }

  async forget(): Promise<void> {
    this.takePending()
    this.family.clear()
    await this.store.clear()
  }

  private note(id: TrialId, sharpe: number): void {
    this.pending.push(id)
    if (Number.isFinite(sharpe)) this.sharpes.add(sharpe)
  }

  private touch(): void {
    this.dirty = true
    this.timer ??= setTimeout(() => void this.flush(), restMilliseconds)
  }
}
