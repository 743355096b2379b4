import type { RowDataset } from '../../quant/rows.ts'
import { murmur128 } from '../hash.ts'

/** Names rows, labels and split by what is in them. @returns 32 hex digits */
export function datasetHash(dataset: Omit<RowDataset, 'hash'>): string {
  const { flat, sequence, labels, value, known, resolved, split } = dataset
  const names = [
    flat.names,
    sequence.names,
    sequence.levelNames,
    labels.map(({ name, classes }) => [name, classes]),
  ]
  const columns: ArrayBufferView[] = [flat.values, sequence.values, sequence.levels, sequence.ages]
  columns.push(...labels.map(({ values }) => values), value.values, known, resolved)
  columns.push(split.train, split.validation, split.test, split.unseen)
  const texts = [JSON.stringify(names), ...columns.map(hashOf)]
  return murmur128(new TextEncoder().encode(texts.join('\n')))
}

function hashOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return murmur128(new Uint8Array(buffer, byteOffset, byteLength))
}
