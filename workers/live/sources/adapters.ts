import type { Adapter, SourceId } from '../contract.ts'
import { github } from './github.ts'
import { npm } from './npm.ts'
import { opensky } from './opensky.ts'
import { readsb } from './readsb.ts'
import { statuspage } from './statuspage.ts'
import { table } from './table.ts'

/** How each protocol is spoken. */
export const adapters: Record<SourceId, Adapter> = { opensky, readsb, github, npm, statuspage, table }
