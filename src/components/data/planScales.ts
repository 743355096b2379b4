import type { ImportPlan } from '../../../workers/data/api.ts'
import type { ColumnRule } from '../../../workers/data/schema.ts'
import type { Role } from './columnRoles.ts'

export interface Scale {
  value: number
  label: string
}

const powers: Scale[] = [
  { value: 1, label: 'as written' },
  { value: 0.01, label: 'hundredths (÷ 100)' },
  { value: 0.001, label: 'thousandths (÷ 1,000)' },
  { value: 0.0001, label: 'ten-thousandths (÷ 10,000)' },
  { value: 1000, label: 'thousands (× 1,000)' },
  { value: 1_000_000, label: 'millions (× 1,000,000)' },
]
const units: Record<number, string> = { 0.3048: 'feet', 0.514444: 'knots' }

/** What the numbers of a column may be multiplied by, in words; the present factor is among them. */
export function scalesOf(rule: ColumnRule, now: number): Scale[] {
  const own = [...new Set(Object.values(rule.scaledAliases ?? {}))].map((value) => ({
    value,
    label: units[value] ? `${units[value]} (× ${value})` : `× ${value}`,
  }))
  const all = [...powers, ...own]
  return all.some(({ value }) => value === now) ? all : [...all, { value: now, label: `× ${now}` }]
}

export function scaleOf(plan: ImportPlan, role: Role): number {
  return plan.scales[role] ?? 1
}

export function withScale(plan: ImportPlan, role: Role, scale: number): Partial<ImportPlan> {
  const scales = { ...plan.scales }
  if (scale === 1) delete scales[role]
  else scales[role] = scale
  return { scales }
}
