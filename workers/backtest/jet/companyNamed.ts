import type { FlightTables } from '../../quant/flightTables.ts'
import type { Outcome } from '../api.ts'
import { failed } from '../outcome.ts'

/** Index of a company by its symbol. */
export function companyNamed({ companies }: FlightTables, symbol: string): Outcome<number> {
  const company = companies.symbol.indexOf(symbol)
  if (company >= 0) return { ok: true, value: company }
  return failed('unknown-company', `No company “${symbol}” is among those loaded.`)
}
