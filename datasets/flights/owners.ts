import type { Random } from '../random.ts'

const FORMS = ['INC', 'CORP', 'CO', 'LLC', 'HOLDINGS INC']
const SUBSIDIARIES = ['AVIATION LLC', 'FLIGHT SERVICES INC', 'AIR TRANSPORT LLC', 'AIRCRAFT HOLDINGS LLC']
const BRANCHES = ['HERON', 'WILLOW', 'GRANITE', 'JUNIPER', 'HARROW', 'CEDAR', 'SABLE', 'MERIDIAN']
const GROUNDS = ['POINT', 'RIDGE', 'FIELD', 'CREEK', 'HILL', 'HARBOR']
const TRUSTEES = [
  'HARBORSTONE TRUST CO TRUSTEE',
  'FIRST MERIDAN BANK TRUSTEE',
  'OLD QUAY TRUST CO OWNER TRUSTEE',
]
const ABBREVIATIONS: Record<string, string> = {
  Systems: 'SYS',
  Machinery: 'MACH',
  Insurance: 'INS',
  Broadcasting: 'BCSTG',
  Medical: 'MED',
  Diagnostics: 'DIAG',
  Networks: 'NTWKS',
  Pipelines: 'PIPELN',
}

/**
 * The owner of a company's aircraft as a registry writes it: mostly the company in capitals with its legal
 * form, sometimes shortened or as a subsidiary, sometimes a shell, a trustee or nobody by name.
 */
export function ownerName(company: string, random: Random): string {
  const capitals = company.toUpperCase()
  const pick = (words: readonly string[]) => words[random.below(words.length)]
  const kind = random.uniform()
  if (kind < 0.5) return `${capitals} ${pick(FORMS)}`
  if (kind < 0.62) return `${shortened(company)} ${pick(FORMS)}`
  if (kind < 0.78) return `${capitals} ${pick(SUBSIDIARIES)}`
  if (kind < 0.9) return `${pick(BRANCHES)} ${pick(GROUNDS)} ${pick(SUBSIDIARIES)}`
  if (kind < 0.96) return pick(TRUSTEES)
  return 'Private'
}

function shortened(company: string): string {
  return company
    .split(' ')
    .map((word) => ABBREVIATIONS[word] ?? word.toUpperCase())
    .join(' ')
}
