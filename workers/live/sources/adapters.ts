import type { Adapter, SourceId } from '../contract.ts'

/** How each protocol is spoken. */
export const adapters: Partial<Record<SourceId, Adapter>> = {}
