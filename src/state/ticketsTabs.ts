export type TicketsTab = 'report' | 'wall' | 'product' | 'calendar' | 'risk' | 'whatif' | 'study'

/** In the order they stand in. */
export const ticketsTabs: { id: TicketsTab; label: string }[] = [
  { id: 'report', label: 'Report' },
  { id: 'wall', label: 'Wall' },
  { id: 'product', label: 'Product' },
  { id: 'calendar', label: 'Calendar' },
  { id: 'risk', label: 'Risk' },
  { id: 'whatif', label: 'What-if' },
  { id: 'study', label: 'Study' },
]
