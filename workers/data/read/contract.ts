import { noDate, parseDateText } from './dates.ts'

/** What the name of an option contract says. */
export interface ContractParts {
  root: string
  /** Epoch day. */
  expiry: number
  right: 'C' | 'P'
  /** Price × 1000. */
  strike: number
}

/**
 * Options Clearing Corporation: root, expiry (yymmdd), C or P, strike × 1000 in eight digits; after a blank,
 * with fewer of them (OptionMetrics).
 */
const written = /^(?:O:)?([A-Z][A-Z0-9.]{0,5}?)(?:\s*(\d{6})([CP])(\d{8})|\s+(\d{6})([CP])(\d{3,8}))$/

/** Null where the text is no name of a contract. */
export function contractParts(text: string): ContractParts | null {
  const match = written.exec(text)
  if (!match) return null
  const [root, date, right, strike] = match
    .slice(1)
    .filter((part) => (part as string | undefined) !== undefined)
  const expiry = parseDateText(`20${date}`, 'compact')
  return expiry === noDate ? null : { root, expiry, right: right as 'C' | 'P', strike: Number(strike) }
}
