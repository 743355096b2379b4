export type OptionsTab = 'report' | 'strikemap' | 'surface' | 'desk' | 'compare' | 'combined'

/** In the order they stand in. */
export const optionsTabs: { id: OptionsTab; label: string }[] = [
  { id: 'report', label: 'Report' },
  { id: 'strikemap', label: 'Strikemap' },
  { id: 'surface', label: 'Surface' },
  { id: 'desk', label: 'Desk' },
  { id: 'compare', label: 'Compare' },
  { id: 'combined', label: 'Combined' },
]
