import type { FamilyView } from './familyView.ts'
import { measured, unknown } from './measured.ts'
import type { Measured } from './measured.ts'
import { percent, plural, probability } from './words.ts'

const significant = 0.05
const blocks = 16
const fewestStrategies = 10

export function realityCheckOf({ realityCheck, pValue, trials }: FamilyView): Measured {
  if (!Number.isFinite(realityCheck)) return unknown('probability', 'Its daily returns do not vary.')
  return measured({
    state: realityCheck <= significant ? 'passes' : 'doubt',
    value: realityCheck,
    unit: 'probability',
    finding: `p = ${probability(realityCheck)} after ${plural(trials, 'trial')}; the test behind the verdict, which leaves hopeless tries out, has ${probability(pValue)}.`,
    rows: [{ label: 'Passes up to', value: significant }],
  })
}

export async function overfittingOf({ series }: FamilyView): Promise<Measured> {
  const { count, days } = series
  if (count < fewestStrategies) {
    return unknown(
      'probability',
      `It takes ${fewestStrategies} settings tried on the same days, and there are ${count}. Try others, or run a sweep.`,
    )
  }
  const pbo = await series.overfitting()
  if (Number.isNaN(pbo)) return unknown('probability', `It takes ${blocks} days, and there are ${days}.`)
  return measured({
    state: pbo < 0.5 ? 'passes' : 'doubt',
    value: pbo,
    unit: 'probability',
    finding: `Of ${plural(count, 'setting')} tried, the best on one half of the days was in the worse half on the other in ${percent(pbo)} of all halvings.`,
    rows: [{ label: 'Passes below', value: 0.5 }],
  })
}
