import type { SystemId } from '../../../workers/systems/api.ts'
import type { SectionId } from './contents.ts'

/** Groups of the form that are the same in all systems. */
const shared: Record<string, SectionId> = {
  Risk: 'fills',
  Costs: 'fills',
  Size: 'sizing',
  Limits: 'sizing',
  Breakers: 'sizing',
  RSI: 'indicators',
  'Moving averages': 'indicators',
  Volume: 'indicators',
  MACD: 'indicators',
  'Bollinger bands': 'indicators',
  Momentum: 'indicators',
  'Option prices': 'pricing',
}

/** The section that explains what a group of parameters is about; else that of the system. */
export function sectionOfGroup(system: SystemId, group: string): SectionId {
  if (system === 'tickets' && group === 'Signals') return 'anomalies'
  if (system === 'options' && group === 'Signals') return 'indicators'
  return shared[group] ?? system
}
