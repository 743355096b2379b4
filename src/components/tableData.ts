/** A table as text: the first column labels the row. */
export interface TableData {
  head: string[]
  rows: string[][]
  /** What the rows leave out, if anything. */
  note?: string
}
