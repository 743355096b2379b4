import type { Strikemap } from '../../../../workers/backtest/api.ts'
import { dollars, number, percent } from '../../../charts/format.ts'
import type { Tip, TipRow } from '../../../charts/tip.ts'
import { callWords, contractTitle, stateLabel } from './strikemapWords.ts'

/** Options are quoted in cents, however little they cost. */
const quote = (value: number): string => number(value, { digits: 2 })
const whole = (value: number): string => number(value, { digits: 0 })
const score = (value: number): string => number(value, { digits: 2, signed: true })

/** What is known of one contract of the map. */
export function contractTip(map: Strikemap, row: number): Tip {
  const called = callWords[`${map.call[row] as -1 | 0 | 1}`]
  const rows: TipRow[] = []
  const add = (name: string, ...values: string[]): void =>
    void rows.push({ name, values: [values.join('  ')] })
  if (Number.isFinite(map.bid[row]) || Number.isFinite(map.ask[row]))
    add('Bid, ask', `${quote(map.bid[row])} – ${quote(map.ask[row])}`)
  else add('Price', quote(map.mid[row]))
  if (Number.isFinite(map.vol[row])) {
    add('Volatility', percent(map.vol[row]))
    add('Smile', percent(map.fitVol[row]))
    add('z', score(map.z[row]))
    if (called) add('Called', called)
    if (Number.isFinite(map.edge[row]))
      add('After the spread', dollars(map.edge[row], { digits: 2, signed: true }))
  }
  add('Volume, open', `${whole(map.volume[row])}, ${whole(map.openInterest[row])}`)
  if (!Number.isFinite(map.z[row])) add('Not judged', stateLabel(map.state[row]))
  else if (map.tradable[row] === 0) add('Tradable', 'no, by the settings')
  return { title: contractTitle(map, row), rows }
}

/** The same as a sentence, for those who hear it. */
export function contractSentence(map: Strikemap, row: number): string {
  const { title, rows } = contractTip(map, row)
  return `${title}: ${rows.map(({ name, values }) => `${name} ${values.join(' ')}`).join('; ')}`
}
