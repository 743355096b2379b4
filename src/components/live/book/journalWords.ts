import type { JournalLine } from '../../../../workers/backtest/api.ts'

export type JournalKind = JournalLine['kind']

/** In the order in which a decision goes through them. */
export const journalKinds: JournalKind[] = ['taken', 'late', 'waiting', 'entered', 'not filled', 'left']

export interface JournalFilter {
  /** null = every kind. */
  kind: JournalKind | null
  /** Letters of a symbol; '' = every one. */
  symbol: string
}

export function filtered(journal: JournalLine[], { kind, symbol }: JournalFilter): JournalLine[] {
  const letters = symbol.trim().toUpperCase()
  return journal.filter(
    (line) => (kind === null || line.kind === kind) && line.symbol.toUpperCase().includes(letters),
  )
}
