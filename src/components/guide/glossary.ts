import { guardIds, guardTexts, metricIds, metricTexts } from '../../../workers/backtest/api.ts'
import { systemInfos } from '../../../workers/systems/api.ts'
import { tableDoc, tablesInOrder, tableTitle } from '../data/tableTitles.ts'
import { verdictGrounds, verdictTitle } from '../report/verdictWords.ts'
import { sectionOf, type SectionId } from './contents.ts'
import type { GlossaryId } from './entryIds.ts'
import { dataTerms } from './terms/dataTerms.ts'
import { learningTerms } from './terms/learningTerms.ts'
import { luckTerms } from './terms/luckTerms.ts'
import { optionTerms } from './terms/optionTerms.ts'
import type { Term } from './terms/term.ts'
import { tradingTerms } from './terms/tradingTerms.ts'
import { verdictEntry } from './verdictEntry.ts'

export interface GlossaryEntry {
  id: GlossaryId
  term: string
  /** One sentence; of metrics, guards and parameters the very words that stand beside them. */
  definition: string
  section: SectionId
}

const words: Record<string, Term> = {
  ...tradingTerms,
  ...luckTerms,
  ...optionTerms,
  ...learningTerms,
  ...dataTerms,
}

/** In the ladder of verdicts it is what is left over, which says nothing by itself. */
const fragile =
  'Luck alone seldom does as well, but the result fails out of sample, a day late or without one symbol, or the data hold no delisted symbols.'

/** Every word of the interface that the guide explains: the one place from which links into it are made. */
export const glossary: GlossaryEntry[] = [
  ...Object.entries(words).map(([id, [term, definition, section]]) => ({
    id: id as GlossaryId,
    term,
    definition,
    section,
  })),
  ...metricIds.map((id) => ({
    id: `metric.${id}` as const,
    term: metricTexts[id].label,
    definition: metricTexts[id].definition,
    section: 'metrics' as const,
  })),
  ...guardIds.map((id) => ({
    id: `guard.${id}` as const,
    term: guardTexts[id].label,
    definition: guardTexts[id].plain,
    section: 'guards' as const,
  })),
  ...verdictGrounds.map(([kind, grounds]) => ({
    id: verdictEntry(kind),
    term: verdictTitle[kind],
    definition: kind === 'fragile' ? fragile : grounds,
    section: 'verdict' as const,
  })),
  ...tablesInOrder.map((kind) => ({
    id: `table.${kind}` as const,
    term: tableTitle(kind),
    definition: tableDoc(kind),
    section: 'formats' as const,
  })),
  ...systemInfos.flatMap(({ id: system, name, params }) =>
    Object.entries(params).map(([param, { label, help }]) => ({
      id: `param.${system}.${param}` as const,
      term: `${label} (${name.split(':')[0]})`,
      definition: help,
      section: 'settings' as const,
    })),
  ),
]

const byId = new Map<string, GlossaryEntry>(glossary.map((entry) => [entry.id, entry]))

export function entryOf(id: string): GlossaryEntry | undefined {
  return byId.get(id)
}

/** Which section an address means, and which of its entries; unknown ones mean the first page. */
export function placeOf(address: string | null): { section: SectionId; entry: GlossaryEntry | null } {
  const section = address === null ? undefined : sectionOf(address)
  if (section) return { section: section.id, entry: null }
  const entry = address === null ? undefined : entryOf(address)
  return entry ? { section: entry.section, entry } : { section: 'start', entry: null }
}
