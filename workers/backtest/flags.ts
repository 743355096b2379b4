import type { Panel } from '../quant/panel.ts'
import type { Counters, Flag, ReportTrade } from './api.ts'
import { tradesWithGaps } from './gaps.ts'
import type { RunPart } from './parts.ts'

/** Fewer trades than this say little, however good they look. */
export const fewTrades = 30
/** A symbol that stops this many days before the panel does was delisted; less is a ragged end of the files. */
const raggedEnd = 5
/** Up to this share of trades with missing prices is a halt or two; beyond it the data are not fit for a verdict. */
const toleratedGaps = 0.01

export interface FlagInputs {
  panel: Panel
  tradable: Uint8Array
  simulated: boolean
  /** Rows of a signals file that could not be used, in words; '' = none. */
  leftOut: string
  benchmark: string | null
  benchmarkMissing: number
  hasSplit: boolean
  /** The part that is judged: out of sample where there is a split. */
  judged: RunPart
  trades: ReportTrade[]
  counters: Counters
  costs: { total: number; breakEvenBps: number }
  /** Cost per side as set, commission and slippage together. */
  costBps: number
  /** Structures of options were traded, whose costs are spreads and fees a contract. */
  inOptions: boolean
}

const percent = (fraction: number) => `${Math.round(100 * fraction)} %`
const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`

/** True where a tradable symbol stops trading well before the panel ends. */
export function hasDelisted(panel: Panel, tradable: Uint8Array): boolean {
  const days = panel.dates.length
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    if (tradable[symbol] === 0) continue
    let day = days - 1
    while (day >= 0 && !(panel.close[symbol * days + day] > 0)) day--
    if (day >= 0 && day < days - 1 - raggedEnd) return true
  }
  return false
}

/** What a reader must know before believing the numbers, gravest first. */
export function flagsOf(inputs: FlagInputs): Flag[] {
  const { panel, judged, trades, counters } = inputs
  const flags: Flag[] = []
  const add = (severity: Flag['severity'], id: string, text: string) => flags.push({ id, severity, text })

  const gaps = tradesWithGaps(panel, trades, judged.run.range)
  if (gaps > 0) {
    const grave = gaps > toleratedGaps * trades.length
    add(
      grave ? 'red' : 'warn',
      'gaps',
      `Prices are missing inside ${gaps} of ${plural(trades.length, 'trade')}${
        grave
          ? `, more than the ${percent(toleratedGaps)} that halts explain.`
          : `; up to ${percent(toleratedGaps)} is taken for halts, with more the run could not be assessed.`
      }`,
    )
  }
  if (inputs.simulated) {
    add(
      'info',
      'simulated',
      'The prices are simulated: this says how the rules work, not what they would earn.',
    )
  }
  if (inputs.leftOut !== '') add('warn', 'signals-left-out', inputs.leftOut)
  if (!hasDelisted(panel, inputs.tradable)) {
    add(
      'warn',
      'survivorship',
      'Survivorship: no symbol stops trading before the data end, so companies that failed may be missing, which flatters the result.',
    )
  }
  if (inputs.benchmark === null) {
    add('warn', 'no-benchmark', 'There is no benchmark: alpha and beta cannot be measured.')
  } else if (inputs.benchmarkMissing > 0) {
    add(
      'warn',
      'benchmark-gaps',
      `${inputs.benchmark} has no price on ${plural(inputs.benchmarkMissing, 'day')} of the run; the last one was kept.`,
    )
  }
  if (!inputs.hasSplit) {
    add('warn', 'no-out-of-sample', 'No part of the run was kept apart: every number is in sample.')
  }
  const where = inputs.hasSplit ? ' out of sample' : ''
  const judgedTrades = judged.trades.length
  if (judgedTrades < fewTrades) {
    add(
      'warn',
      'few-trades',
      `Only ${plural(judgedTrades, 'trade')}${where}; below ${fewTrades} chance decides.`,
    )
  }
  const concentrated = concentration(judged.trades)
  if (concentrated !== null && inputs.tradable.filter((is) => is === 1).length > 1) {
    add(
      'warn',
      'concentrated',
      `${panel.symbols[concentrated.symbol]} made ${percent(concentrated.share)} of the profit${where}.`,
    )
  }
  if (inputs.inOptions) addOptionFlags(inputs, where, add)
  else addCostFlags(inputs, where, add)
  if (counters.ambiguous > 0) {
    add(
      'info',
      'ambiguous',
      `In ${plural(counters.ambiguous, 'bar')} both stop and target were reached; the rule set for such bars decided.`,
    )
  }
  if (counters.breaches > 0) {
    add(
      'info',
      'breaches',
      inputs.inOptions
        ? `${plural(counters.breaches, 'trade')} closed beyond the stop, which is looked at once a day: more was lost than it allowed.`
        : `The open passed the stop of ${plural(counters.breaches, 'trade')}: more was lost than it allowed.`,
    )
  }
  if (counters.delisted > 0) {
    add('info', 'delisted', `${plural(counters.delisted, 'trade')} ended because the symbol stopped trading.`)
  }
  if (counters.breakersTripped > 0) {
    add('info', 'breakers', `A breaker closed everything ${plural(counters.breakersTripped, 'time')}.`)
  }
  const order = { red: 0, warn: 1, info: 2 }
  return flags.sort((a, b) => order[a.severity] - order[b.severity])
}

type Add = (severity: Flag['severity'], id: string, text: string) => void

function addCostFlags({ costs, costBps }: FlagInputs, where: string, add: Add): void {
  if (costs.breakEvenBps < 0) {
    add('warn', 'costs', `It loses${where} even before costs.`)
  } else if (costs.breakEvenBps < costBps) {
    add(
      'warn',
      'costs',
      `Costs take all of the profit${where}: it breaks even at ${costs.breakEvenBps.toFixed(1)} bps per side, ${costBps} are charged.`,
    )
  } else if (costs.breakEvenBps < 2 * costBps) {
    add(
      'warn',
      'costs',
      `Costs of ${costs.breakEvenBps.toFixed(1)} bps per side would erase the profit${where}.`,
    )
  } else if (costBps === 0) {
    add('warn', 'costs', 'Neither commission nor slippage is charged.')
  }
}

/** Above this share of fills that no chain quoted, the result is that of the model. */
const mostlyModelled = 0.5

function addOptionFlags({ trades, costs, counters }: FlagInputs, where: string, add: Add): void {
  if (costs.breakEvenBps < 0) add('warn', 'costs', `It loses${where} even before spreads and fees.`)
  const marks = { quoted: 0, surface: 0, model: 0 }
  for (const { instrument } of trades) {
    if (!instrument) continue
    marks.quoted += instrument.marks.quoted
    marks.surface += instrument.marks.surface
    marks.model += instrument.marks.model
  }
  const all = marks.quoted + marks.surface + marks.model
  if (all > 0 && marks.quoted < all) {
    add(
      marks.model > mostlyModelled * all ? 'warn' : 'info',
      'modelled',
      `Of the daily prices of options ${percent(marks.quoted / all)} were quoted, ${percent(marks.surface / all)} are from the smile of a chain and ${percent(marks.model / all)} from realised volatility.`,
    )
  }
  const dropped = (counters.noContract ?? 0) + (counters.tooWide ?? 0)
  if (dropped > 0) {
    add(
      'info',
      'not-opened',
      `${plural(dropped, 'signal')} found no contract to trade: ${counters.noContract} for lack of one near enough, ${counters.tooWide} because the spread was too wide.`,
    )
  }
}

/** The symbol that made half or more of the profit, and its share; null where none did or nothing was earned. */
function concentration(trades: ReportTrade[]): { symbol: number; share: number } | null {
  const bySymbol = new Map<number, number>()
  let total = 0
  for (const { symbol, profit } of trades) {
    bySymbol.set(symbol, (bySymbol.get(symbol) ?? 0) + profit)
    total += profit
  }
  if (!(total > 0)) return null
  for (const [symbol, profit] of bySymbol) if (profit >= total / 2) return { symbol, share: profit / total }
  return null
}
