import type { Settings, Trial } from '../contract.ts'
import { tableRecords } from './tableRecords.ts'

const mostRecords = 20

/** Columns and first records of an answer, to choose columns by; throws `AskFailed` where it is no table. */
export function tableSample(text: string, settings: Settings): Pick<Trial, 'columns' | 'records'> {
  const { columns, records } = tableRecords(text, settings)
  return {
    columns,
    records: records.slice(0, mostRecords).map((record) => columns.map((_, index) => record[index] ?? '')),
  }
}
