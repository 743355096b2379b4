import type { AsyncDuckDB } from '@duckdb/duckdb-wasm'
import { emptyDatabase, type Database } from '../../../workers/data/database.ts'
import { startNodeEngine } from '../../../workers/data/duckdbNode.ts'

/** Engines that nobody uses at the moment: starting one takes two seconds, emptying it a few milliseconds. */
const idle: AsyncDuckDB[] = []

/** A database without tables; closed, it leaves its engine to the next, of another file too. */
export async function openEmptyDatabase(): Promise<Database> {
  const engine = idle.pop() ?? (await startNodeEngine())
  const database = await emptyDatabase(engine)
  database.close = () => {
    if (!idle.includes(engine)) idle.push(engine)
    return Promise.resolve()
  }
  return database
}
