import type { Strikemap } from '../../../../workers/backtest/api.ts'
import { isoDate } from '../../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../../report/exportCsv.ts'
import { callWords, stateLabel } from './strikemapWords.ts'

/** One row a contract, in the order of the chain; prices a share, volatilities as decimals a year. */
export function strikemapCsv(map: Strikemap): string {
  const numbers: [name: string, column: ArrayLike<number>][] = [
    ['strike', map.strike],
    ['bid', map.bid],
    ['ask', map.ask],
    ['last', map.last],
    ['mid', map.mid],
    ['smile_price', map.fitPrice],
    ['vol_bid', map.volBid],
    ['vol', map.vol],
    ['vol_ask', map.volAsk],
    ['smile_vol', map.fitVol],
    ['residual', map.residual],
    ['z', map.z],
    ['other_z', map.otherZ],
    ['p_value', map.pValue],
    ['history_z', map.historyZ],
    ['edge_after_spread', map.edge],
    ['volume', map.volume],
    ['open_interest', map.openInterest],
    ['delta', map.delta],
    ['gamma', map.gamma],
    ['vega', map.vega],
    ['theta', map.theta],
    ['vendor_vol', map.vendorVol],
  ]
  const head = [
    'symbol',
    'date',
    'expiry',
    'right',
    ...numbers.map(([name]) => name),
    'state',
    'tradable',
    'called',
  ]
  const rows = Array.from(map.strike.keys(), (row) => [
    textCell(map.symbol),
    isoDate(map.day),
    isoDate(map.expiry[row]),
    map.right[row] === 1 ? 'call' : 'put',
    ...numbers.map(([, column]) => numberCell(column[row])),
    stateLabel(map.state[row]),
    String(map.tradable[row] === 1),
    callWords[`${map.call[row] as -1 | 0 | 1}`],
  ])
  return csvFile([head, ...rows])
}
