import { sliceOf, type ChainSlice, type ChainTables } from '../../quant/chainTables.ts'
import type { TableFinding } from '../api.ts'
import type { Dataset } from '../catalog.ts'
import { chainLevel } from '../chains/chainLevel.ts'
import type { ChainNoteKind } from '../chains/chainNotes.ts'
import { readChainRows } from '../chains/chainRows.ts'
import { settleChains } from '../chains/settleChains.ts'
import type { SharePrices } from '../chains/sharePrices.ts'
import type { Database } from '../database.ts'
import { isoOf } from '../read/dates.ts'
import { quoteLiteral } from '../sql.ts'
import { mostExamples, plural } from './findings.ts'
import { rowsOf, type LoadedTable } from './loadedTables.ts'

/** Notes of the reading that the person should know of before anything is computed. */
const worthTelling: ChainNoteKind[] = ['split', 'share', 'empty']

/** Interest and dividends a year are less than this: what is out of bounds is so at any of them. */
const mostYield = 0.1
/** Quotes and the price of the share are not of the same second; fraction of the share. */
const tolerance = 0.005

/** Contracts that could be bought or sold for a profit without risk, if the quotes held. */
class Broken {
  readonly examples: string[] = []
  count = 0

  add(example: string): void {
    this.count++
    if (this.examples.length < mostExamples) this.examples.push(example)
  }
}

/** Quotes of a file held against the price of the share, against each other, and against the splits of the share. */
export async function chainFindings(
  database: Database,
  file: Dataset,
  prices: LoadedTable | undefined,
): Promise<TableFinding[]> {
  const { table, summary } = file
  const rows = await readChainRows(database, [{ table, symbols: summary.symbols }])
  const priceOf = await closesOf(database, file, prices)
  const { problems, ...chains } = settleChains(rows, priceOf)
  const found = boundsOf({ ...chains, problems })
  const finding = (rule: string, count: number, text: string, examples: string[]): TableFinding => ({
    id: `${summary.id}/${rule}`,
    table: 'options',
    datasetId: summary.id,
    kind: 'quotes',
    severity: 'warn',
    count,
    text,
    examples,
  })
  return [
    ...problems
      .filter(({ kind }) => worthTelling.includes(kind))
      .map(({ kind, count, text }, i) => finding(`${kind}-${i}`, count, text, [])),
    finding(
      'above-bound',
      found.above.count,
      `${plural(found.above.count, 'bid is', 'bids are')} above what the contract can be worth: ` +
        'a call no more than the share, a put no more than its strike.',
      found.above.examples,
    ),
    finding(
      'below-intrinsic',
      found.below.count,
      `${plural(found.below.count, 'ask is', 'asks are')} below what exercise at once would bring: an old quote, most likely.`,
      found.below.examples,
    ),
    finding(
      'parity',
      found.parity.count,
      `${plural(found.parity.count, 'pair of call and put breaks', 'pairs of call and put break')} put–call parity ` +
        'by more than the spread and 0.5 % of the share, at any interest and dividends up to 10 % a year.',
      found.parity.examples,
    ),
  ].filter(({ count }) => count > 0)
}

/** Raw closes of the underlyings, where the prices are of the same origin as the chains. */
async function closesOf(
  database: Database,
  { summary }: Dataset,
  prices: LoadedTable | undefined,
): Promise<SharePrices> {
  const datasets = (prices?.datasets ?? []).filter((one) => one.summary.simulated === summary.simulated)
  if (datasets.length === 0) return () => NaN
  const symbols = summary.symbols.map(quoteLiteral).join(', ')
  const found = await database.query(
    `SELECT symbol, (date - DATE '1970-01-01')::INTEGER AS day, close FROM ${rowsOf({ datasets }, 'symbol, date, close')}
     WHERE symbol IN (${symbols || `''`})`,
  )
  const closes = new Map<string, number>()
  const day = found.integers('day')
  const close = found.numbers('close')
  found.texts('symbol').forEach((symbol, i) => closes.set(`${symbol} ${day[i]}`, close[i]))
  return (symbol, day) => closes.get(`${symbol} ${day}`) ?? NaN
}

function boundsOf(chains: ChainTables): { above: Broken; below: Broken; parity: Broken } {
  const found = { above: new Broken(), below: new Broken(), parity: new Broken() }
  for (const slice of chains.slices.day.keys()) {
    const chain = sliceOf(chains, slice)
    const count = chain.rows.strike.length
    const level = chainLevel(chain.rows, chain.day, 0, count, chain.spot)
    const share = chain.spot > 0 ? chain.spot : (level?.implied ?? NaN)
    if (!(share > 0)) continue
    for (let row = 0; row < count; row++) checkContract(chain, row, share, found)
    for (let row = 0; row + 1 < count; row++) checkPair(chain, row, share, found.parity)
  }
  return found
}

function checkContract(
  chain: ChainSlice,
  row: number,
  share: number,
  { above, below }: { above: Broken; below: Broken },
): void {
  const { strike, right, bid, ask, expiry } = chain.rows
  if (expiry[row] < chain.day) return
  const slack = tolerance * share
  const most = right[row] > 0 ? share : strike[row]
  const intrinsic = right[row] * (share - strike[row])
  if (bid[row] > most + slack)
    above.add(`${contractOf(chain, row)}: bid ${bid[row]}, share ${share.toFixed(2)}`)
  if (ask[row] > 0 && ask[row] < intrinsic - slack)
    below.add(`${contractOf(chain, row)}: ask ${ask[row]}, share ${share.toFixed(2)}`)
}

/** American parity: share without its dividends − strike ≤ call − put ≤ share − strike without interest. */
function checkPair(chain: ChainSlice, row: number, share: number, parity: Broken): void {
  const { strike, right, bid, ask, expiry } = chain.rows
  const put = row + 1
  const isPair =
    right[row] > 0 && right[put] < 0 && strike[row] === strike[put] && expiry[row] === expiry[put]
  if (!isPair || expiry[row] < chain.day || !(ask[row] > 0) || !(ask[put] > 0)) return
  const years = (expiry[row] - chain.day) / 365
  const discount = Math.exp(-mostYield * years)
  const slack = tolerance * share
  const soldAt = bid[row] - ask[put]
  const boughtAt = ask[row] - bid[put]
  if (soldAt > share - strike[row] * discount + slack || boughtAt < share * discount - strike[row] - slack) {
    parity.add(
      `${contractOf(chain, row)} ${bid[row]} to ${ask[row]}, put ${bid[put]} to ${ask[put]}, share ${share.toFixed(2)}`,
    )
  }
}

function contractOf({ symbol, day, rows }: ChainSlice, row: number): string {
  const right = rows.right[row] > 0 ? 'call' : 'put'
  return `${symbol} ${isoOf(day)} ${isoOf(rows.expiry[row])} ${rows.strike[row]} ${right}`
}
