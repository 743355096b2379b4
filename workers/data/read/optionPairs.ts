import type { ImportPlan } from '../api.ts'

const ofThePut = /Put$/

/**
 * Two readings of a record that quotes a call and a put of the same strike side by side: columns whose role
 * ends in `Put` are the put's, the same columns without it the call's, all others belong to both.
 */
export function sidesOf(plan: ImportPlan): ImportPlan[] {
  const roles = Object.keys(plan.columns)
  const put = roles.filter((role) => ofThePut.test(role))
  const call = new Set(put.map((role) => role.replace(ofThePut, '')))
  const ofSide = (right: 'call' | 'put'): ImportPlan => {
    const columns: ImportPlan['columns'] = {}
    for (const role of roles) if (!ofThePut.test(role) && !call.has(role)) columns[role] = plan.columns[role]
    for (const role of call)
      columns[role] = plan.columns[right === 'put' ? `${role}Put` : role] ?? plan.columns[role]
    delete columns.right
    return { ...plan, columns, constants: { ...plan.constants, right } }
  }
  return [ofSide('call'), ofSide('put')]
}
