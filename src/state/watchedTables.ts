import type { CollectedTable } from '../../workers/live/api.ts'
import type { SystemId } from '../../workers/systems/api.ts'

const tablesOf: Record<SystemId, CollectedTable[]> = {
  jet: ['flights', 'prices'],
  tickets: ['tickets', 'adoption', 'incidents', 'prices'],
  options: ['options', 'prices'],
  custom: ['prices'],
}

/** Those of the systems whose signals rows of these tables can change; all hear of prices and chains. */
export function systemsThatRead(tables: CollectedTable[], systems: SystemId[]): SystemId[] {
  return systems.filter((system) =>
    tables.some((table) => table === 'options' || tablesOf[system].includes(table)),
  )
}
