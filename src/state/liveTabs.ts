export type LiveTab = 'signals' | 'book' | 'replay' | 'sources' | 'coverage'

/** In the order they stand in. */
export const liveTabs: { id: LiveTab; label: string }[] = [
  { id: 'signals', label: 'Signals' },
  { id: 'book', label: 'Book' },
  { id: 'replay', label: 'Replay' },
  { id: 'sources', label: 'Sources' },
  { id: 'coverage', label: 'Coverage' },
]
