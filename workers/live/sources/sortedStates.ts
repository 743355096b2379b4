import type { StateReport } from '../contract.ts'

/** Reports by time, the same moment of the same aircraft once. */
export function sortedStates(states: StateReport[]): StateReport[] {
  const byMoment = new Map(states.map((state) => [`${state.icao24} ${state.time}`, state]))
  return [...byMoment.values()].sort((a, b) => a.time - b.time)
}
