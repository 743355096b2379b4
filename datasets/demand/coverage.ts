import type { Company } from '../companies.ts'

/** How many companies of each role have their customers watched. */
const COVERED = { operator: 22, target: 5 }

/**
 * Indices of the companies whose tickets are collected: the calmest of each role, as vendors begin with the
 * established firms.
 * @param variance [companies] of an ordinary day
 */
export function coveredCompanies(companies: readonly Company[], variance: readonly number[]): number[] {
  const calmest = (role: Company['role']) =>
    [...companies.keys()]
      .filter((i) => companies[i].role === role)
      .sort((a, b) => variance[a] - variance[b] || a - b)
      .slice(0, COVERED[role])
  return [...calmest('operator'), ...calmest('target')].sort((a, b) => a - b)
}
