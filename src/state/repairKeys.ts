import type { DatasetSummary } from '../../workers/data/api.ts'

/**
 * A finding's id begins with its dataset's, which is another one in every tab. In the link it begins with the
 * contents of the file instead, so that the receiver switches off the same repair.
 */
export function repairKey(findingId: string, datasets: DatasetSummary[]): string | null {
  const dataset = datasets.find(({ id }) => findingId.startsWith(`${id}/`))
  return dataset ? dataset.sha256.slice(0, digits) + findingId.slice(dataset.id.length) : null
}

/** Null where the dataset is not in this tab. */
export function findingIdOf(key: string, datasets: DatasetSummary[]): string | null {
  const dataset = datasets.find(({ sha256 }) => key.startsWith(`${sha256.slice(0, digits)}/`))
  return dataset ? dataset.id + key.slice(digits) : null
}

/** Of the sha-256: enough to tell the files of one tab apart. */
const digits = 12
