export type JetTab = 'report' | 'now' | 'map' | 'events' | 'model'

/** In the order they stand in. */
export const jetTabs: { id: JetTab; label: string }[] = [
  { id: 'report', label: 'Report' },
  { id: 'now', label: 'Now' },
  { id: 'map', label: 'Map' },
  { id: 'events', label: 'Events' },
  { id: 'model', label: 'Model' },
]
