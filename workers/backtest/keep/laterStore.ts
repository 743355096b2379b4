import { noTrialStore } from './trialStore.ts'
import type { TrialStore } from './trialStore.ts'

/** A store that is still being opened; where it cannot be (a private window), nothing is kept and nothing fails. */
export function laterStore(open: () => Promise<TrialStore>): TrialStore {
  const opened = open().catch(() => noTrialStore)
  return {
    family: async () => (await opened).family(),
    addToFamily: async (part) => (await opened).addToFamily(part),
    addToSweep: async (sweep, part, family) => (await opened).addToSweep(sweep, part, family),
    sweeps: async () => (await opened).sweeps(),
    sweepParts: async (id) => (await opened).sweepParts(id),
    removeSweep: async (id) => (await opened).removeSweep(id),
    clear: async () => (await opened).clear(),
  }
}
