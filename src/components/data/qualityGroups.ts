import type { QualityFinding } from '../../../workers/data/api.ts'

export type FindingKind = QualityFinding['kind']

export interface FindingGroup {
  kind: FindingKind
  title: string
  /** One sentence: what was noticed and how it is told from its neighbours. */
  about: string
  findings: QualityFinding[]
  /** Days concerned, over all findings of the group. */
  count: number
  warn: boolean
}

/** In the order of the report: what changes results first. */
const kinds: Record<FindingKind, { title: string; about: string }> = {
  split: {
    title: 'Unadjusted splits',
    about:
      'The price jumps by the ratio of a split and the volume moves the other way. Earlier prices are ' +
      'adjusted by the ratio.',
  },
  jump: {
    title: 'Large moves kept as they are',
    about: 'The price jumps, but not as a split does, or across a gap in the dates. Nothing is changed.',
  },
  'mixed-adjustment': {
    title: 'Two price bases in one file',
    about: 'The adjusted close follows the close in one part of the file and differs from it in another.',
  },
  'repeated-date': {
    title: 'Repeated dates',
    about: 'The file gives a date more than once.',
  },
  'null-price': {
    title: 'Non-positive prices',
    about: 'A price is zero or negative. Rows with an empty price are refused at the import.',
  },
  'high-low': {
    title: 'Prices outside their own range',
    about: 'The open or the close lies outside the low and the high of its day.',
  },
  'missing-days': {
    title: 'Missing trading days',
    about: 'Days of trading without a row. Nothing is filled in.',
  },
  stale: {
    title: 'Stale runs',
    about: 'The same prices for many days in a row.',
  },
  'zero-volume': {
    title: 'Days without volume',
    about: 'The row has prices and no trade.',
  },
  'ends-early': {
    title: 'Symbols that end early',
    about: 'The prices stop before the rest of the data does. A position is closed at the last price.',
  },
}

const order = Object.keys(kinds) as FindingKind[]

/** Findings by kind, in the order of the report; warnings first within a kind. Empty kinds are left out. */
export function groupFindings(findings: QualityFinding[], symbol: string | null): FindingGroup[] {
  const wanted = symbol === null ? findings : findings.filter((finding) => finding.symbol === symbol)
  return order.flatMap((kind) => {
    const own = wanted
      .filter((finding) => finding.kind === kind)
      .sort((a, b) => rank(a) - rank(b) || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0))
    if (own.length === 0) return []
    return [
      {
        kind,
        ...kinds[kind],
        findings: own,
        count: own.reduce((sum, finding) => sum + finding.count, 0),
        warn: own.some((finding) => finding.severity === 'warn'),
      },
    ]
  })
}

function rank(finding: QualityFinding): number {
  return finding.severity === 'warn' ? 0 : 1
}
