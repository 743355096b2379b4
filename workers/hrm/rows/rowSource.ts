import type { RowDataset } from '../../quant/rows.ts'

/** Who has the rows: answered over a port by the worker that makes them. */
export interface RowSource {
  dataset(): Promise<{ ok: true; value: RowDataset } | { ok: false; message: string }>
}
