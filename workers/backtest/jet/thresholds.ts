import { unknown } from '../../systems/jet/labels.ts'
import type { ThresholdRow } from './contract.ts'
import type { JetMarket, ScoredBy } from './jetMarket.ts'

/** Signals a year that are shown, from strict to lax. */
const coverages = [3, 6, 12, 24, 48]

/** What each threshold would have brought in the untouched part. */
export function thresholdsOf(
  { rows, labels, dataset, panel, data }: JetMarket,
  scored: ScoredBy,
): ThresholdRow[] {
  const { testFrom } = dataset.split
  const last = panel.dates[panel.dates.length - 1]
  const years = (last - testFrom + 1) / 365.25
  const { event } = scored.candidates
  const announced = rows.flat.names.indexOf('takeover of the counterparty announced')
  const open = Array.from(data.visits.keys()).filter((place) => {
    const row = data.visits[place]
    return rows.known[row] >= testFrom && rows.flat.values[row * rows.flat.names.length + announced] !== 1
  })
  open.sort((a, b) => event[b] - event[a])
  return coverages.flatMap((perYear) => {
    const chosen = open.slice(0, Math.round(perYear * years))
    const least = chosen.at(-1)
    if (least === undefined) return []
    const answered = chosen.filter((place) => labels.event[data.visits[place]] !== unknown)
    const moved = chosen.filter((place) => !Number.isNaN(labels.abnormal[data.visits[place]]))
    return [
      {
        threshold: event[least],
        signals: chosen.length,
        perYear: chosen.length / years,
        eventShare: share(answered, (place) => labels.event[data.visits[place]] === 2),
        directionShare: share(moved, (place) => labels.abnormal[data.visits[place]] > 0),
        answered: answered.length,
      },
    ]
  })
}

function share(places: readonly number[], right: (place: number) => boolean): number {
  return places.length > 0 ? places.filter(right).length / places.length : NaN
}
