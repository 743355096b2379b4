import type { Rung, RungScores } from '../../../../workers/hrm/api.ts'
import { count, number, percent, probability } from '../../../charts/format.ts'

export type LadderPart = 'test' | 'unseen'

export const partWords: Record<LadderPart, string> = {
  test: 'Untouched year',
  unseen: 'Unseen companies',
}

/** Fewer right answers than this do not tell models apart. */
const fewPositives = 20

/** Rungs that are done, the best first, with their scores on a part. */
export function ranked(rungs: Rung[], part: LadderPart): { rung: Rung; scores: RungScores }[] {
  return rungs
    .flatMap((rung) => (rung.scores ? [{ rung, scores: rung.scores[part] }] : []))
    .filter(({ scores }) => Number.isFinite(scores.averagePrecision.value))
    .sort((a, b) => b.scores.averagePrecision.value - a.scores.averagePrecision.value)
}

/** What the ladder says on a part, a sentence each, whatever it is. */
export function ladderSentences(rungs: Rung[], part: LadderPart): string[] {
  const order = ranked(rungs, part)
  if (order.length === 0) return []
  const [{ rung: best, scores: top }] = order
  const sentences: string[] = []
  if (top.positives < fewPositives) sentences.push('On so few takeovers, models can hardly be told apart.')
  if (order.length > 1) {
    const { value, low, high } = top.averagePrecision
    sentences.push(
      `${best.name} is ahead with ${number(value)} (${number(low)} to ${number(high)}); always giving the base rate is worth ${number(top.baseRate)}.`,
    )
  }
  for (const { rung, scores } of order) {
    const { difference } = scores
    if (!isHrm(rung) || !difference) continue
    const size = number(Math.abs(difference.estimate))
    const interval = `${number(difference.low, { signed: true })} to ${number(difference.high, { signed: true })}, p = ${probability(difference.p)}`
    const side =
      difference.low > 0
        ? `is ahead of ${difference.to}, the best baseline, by ${size}`
        : difference.high < 0
          ? `is behind ${difference.to}, the best baseline, by ${size}`
          : `cannot be told from ${difference.to}, the best baseline: ${difference.estimate < 0 ? 'behind' : 'ahead'} by ${size}`
    sentences.push(`${rung.name} ${side} (${interval}).`)
  }
  return sentences
}

function isHrm({ model }: Rung): boolean {
  return model.kind === 'hrm' && (model.mode === 'hrm-v1' || model.mode === 'trm')
}

/** “+0.04, p = 0.21”; “best baseline” for that itself. */
export function differenceWords({ difference }: RungScores): string {
  if (!difference) return 'best baseline'
  return `${number(difference.estimate, { signed: true })}, p = ${probability(difference.p)}`
}

/** “−0.02 to +0.09, against boosted trees” */
export function differenceDetails({ difference }: RungScores): string {
  if (!difference) return 'The others are compared with this one.'
  const { low, high, to } = difference
  return `${number(low, { signed: true })} to ${number(high, { signed: true })}, against ${to}`
}

export function leadWords({ leadTime }: RungScores): string {
  return Number.isFinite(leadTime) ? number(leadTime, { digits: 0 }) : '–'
}

/** “A takeover followed 12 of 240 visits, 5.0 %.” */
export function rowsWords({ rows, positives, baseRate }: RungScores): string {
  return `A takeover followed ${number(positives, { digits: 0 })} of ${count(rows, 'visit')}, ${percent(baseRate)}.`
}
