import { rowStates, type Strikemap, type StrikemapSettings } from '../../../../workers/backtest/api.ts'
import { count, date, dollars, number, percent } from '../../../charts/format.ts'
import { strikeText } from '../structureWords.ts'

/** “350 call, 17 Jan 2025”. */
export function contractTitle(map: Pick<Strikemap, 'strike' | 'right' | 'expiry'>, row: number): string {
  return `${strikeText(map.strike[row])} ${map.right[row] === 1 ? 'call' : 'put'}, ${date(map.expiry[row])}`
}

export const callWords = { '-1': 'cheap', '0': '', '1': 'dear' } as const

/** What was called, what of it is expected to be false, and what the other definition says. */
export function countSentences(map: Strikemap, settings: StrikemapSettings): string[] {
  const { tradableCount: tradable, cheap, dear, otherCheap, otherDear } = map
  if (tradable === 0)
    return ['No contract of this chain can be traded by these settings, so none is called cheap or dear.']
  const contracts = count(tradable, 'tradable contract')
  const are = (called: number): string =>
    `${number(called, { digits: 0 })} of ${contracts} ${called === 1 ? 'is' : 'are'}`
  const shareOf = (called: number): string => percent(called / tradable, { digits: 0 })
  if (settings.definition === 'original')
    return [
      `${are(cheap)} called cheap (${shareOf(cheap)}) and ${number(dear, { digits: 0 })} dear.`,
      'This definition always finds some: it calls about a sixth of a fair chain cheap.',
      `The recommended one calls ${count(otherCheap, 'contract')} cheap and ${number(otherDear, { digits: 0 })} dear.`,
    ]
  const falses = percent(settings.falseDiscovery, { digits: 0 })
  return [
    cheap + dear === 0
      ? `None of ${contracts} is called cheap or dear.`
      : `${are(cheap)} called cheap and ${number(dear, { digits: 0 })} dear; at most ${falses} of them are expected to be false.`,
    `The original definition would call ${shareOf(otherCheap)} cheap and ${shareOf(otherDear)} dear.`,
  ]
}

/** What is left after the spread of what was called; '' where nothing was. */
export function edgeSentence({ meanEdge, cheap, dear }: Strikemap): string {
  if (cheap + dear === 0 || !Number.isFinite(meanEdge)) return ''
  const money = dollars(Math.abs(meanEdge), { digits: 2 })
  return meanEdge < 0
    ? `Trading them would lose ${money} a share on average even if every price came back to the smile: the spread costs more than the departure is worth.`
    : `If every price came back to the smile, ${money} a share would be left on average after crossing the spread once. Getting out costs the spread again, and prices need not come back.`
}

const stateTexts: Record<(typeof rowStates)[number], { label: string; why: string }> = {
  used: { label: 'part of a smile', why: 'out of the money, quoted within bounds' },
  'no quote': { label: 'no quote', why: 'neither bid and ask nor a trade of that day' },
  'zero bid': { label: 'nobody bids', why: 'the mid of nothing and an ask is not a price' },
  'no ask': { label: 'nobody asks', why: 'half a quote has no middle' },
  crossed: { label: 'crossed', why: 'the bid is above the ask, so at least one of them is old' },
  'outside bounds': {
    label: 'outside the bounds',
    why: 'below its exercise value or above what any volatility gives',
  },
  'in the money': {
    label: 'in the money',
    why: 'its twin out of the money says the same more exactly; it has a z all the same',
  },
  expired: { label: 'expired', why: 'the day is not before its expiry' },
  'far out': { label: 'far out', why: 'so far from the forward that its price is little more than a tick' },
}

/** What became of the rows, those with none left out. */
export function stateRows(map: Pick<Strikemap, 'states'>): { label: string; why: string; rows: number }[] {
  return rowStates.flatMap((state, code) => {
    const rows = map.states[code] ?? 0
    return rows > 0 ? [{ ...stateTexts[state], rows }] : []
  })
}

export const stateLabel = (code: number): string => stateTexts[rowStates[code]]?.label ?? ''

/** How the volatilities compare with those of the file; '' where it has none. */
export function vendorSentence({ vendor: { compared, median, p95 } }: Pick<Strikemap, 'vendor'>): string {
  if (compared === 0) return ''
  const points = (value: number): string => number(100 * value, { digits: 2 })
  return `Beside the file’s own volatilities, of ${count(compared, 'contract')}: half differ by less than ${points(median)} points, ${percent(0.95, { digits: 0 })} by less than ${points(p95)}. Files differ by rate, dividends, exercise and the price they start from.`
}
