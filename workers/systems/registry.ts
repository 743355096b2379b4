import { custom } from './custom.ts'
import { jet } from './jet.ts'
import { options } from './options.ts'
import type { Params, System, SystemId } from './system.ts'
import { tickets } from './tickets.ts'

const systems: Record<SystemId, unknown> = { jet, tickets, options, custom }

/**
 * The system with this id. Its parameters must have passed `validateParams`, which is what makes any complete
 * set of parameters fit the system's own type.
 *
 * @throws where there is no such system
 */
export function systemOf(id: SystemId): System<Params> {
  const system = systems[id]
  if (!system)
    throw new Error(`There is no system “${id}”; choose one of ${Object.keys(systems).join(', ')}.`)
  return system as System<Params>
}
