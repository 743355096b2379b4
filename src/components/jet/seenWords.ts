import type { ScoringModel } from '../../../workers/backtest/api.ts'
import { count, date } from '../../charts/format.ts'

export interface Seen {
  text: string
  /** Numbers on screen are better than what was to be had. */
  warn: boolean
}

/**
 * What a run may be believed after what its model has seen.
 *
 * @param model null where a rule decides, which has seen nothing
 * @param split first day out of sample; null = none
 * @param from first day of the run
 */
export function seenWords(model: ScoringModel | null, split: number | null, from: number): Seen {
  if (!model)
    return {
      text: 'The rule has learnt nothing. The split is that of the models, so that both can be compared.',
      warn: false,
    }
  const { name, trainedUntil, validatedUntil } = model
  const learnt = `${name}, learnt from answers until ${date(trainedUntil)}; answers until ${date(validatedUntil)} chose and calibrated it.`
  if (split === null)
    return from > validatedUntil
      ? { text: `${learnt} All days of this run come after that.`, warn: false }
      : {
          text: `${learnt} This run has no part out of sample: its numbers hold days whose answers the model has seen.`,
          warn: true,
        }
  if (split <= validatedUntil)
    return {
      text: `${learnt} The part called out of sample begins ${count(validatedUntil - split + 1, 'day')} before that, so it is not: its numbers are better than what was to be had.`,
      warn: true,
    }
  return {
    text: `${learnt} Only what follows ${date(split)} is out of sample; in sample the model knew the answers.`,
    warn: false,
  }
}

/** The same of a walk-forward or a sweep, whose windows begin everywhere. */
export function seenOnTheWay(model: ScoringModel | null): Seen {
  if (!model) return { text: 'The rule has learnt nothing, so every test is out of sample.', warn: false }
  return {
    text: `The model is not trained again on the way: it saw answers until ${date(model.validatedUntil)}, so tests before that are in sample for it, and only the parameters are walked forward.`,
    warn: true,
  }
}
