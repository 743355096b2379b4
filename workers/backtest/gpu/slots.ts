import type { Panel } from '../../quant/panel.ts'
import type { ParamValue } from '../../systems/system.ts'
import { valuesOf } from './ruleSweep.ts'
import type { RuleSweep } from './ruleSweep.ts'

/** What a combination is made of, in the order in which the kernel finds it. Fractions, not basis points. */
export const slotNames = [
  'capital',
  'size',
  'position',
  'gross',
  'net',
  'sector',
  'minimumTrade',
  'wholeShares',
  'stop',
  'target',
  'maxBars',
  'commission',
  'slippage',
  'interest',
  'ambiguous',
  'column',
  'otherColumn',
  'low',
  'lowRest',
  'high',
  'ratio',
  'width',
  'widthRest',
] as const
export type Slot = (typeof slotNames)[number]

/** Codes of the policies for a bar in which stop and target were both reached. */
export const ambiguousCodes: ParamValue[] = ['pessimistic', 'optimistic', 'nearest-open']

/** Stands for a limit that does not bind. */
const unlimited = 1e9

/** What float32 leaves of a value. */
const restOf = (value: ParamValue) => Number(value) - Math.fround(Number(value))

/** Where the values of a slot come from: a parameter, and how its value becomes a number. */
type Source = [param: string, toNumber: (value: ParamValue) => number]

function sourcesOf(panel: Panel, { symbol, rule }: RuleSweep, columnOf: ColumnOf): Record<Slot, Source> {
  const orUnlimited = (value: ParamValue) => (Number(value) > 0 ? Number(value) : unlimited)
  const hasSector = panel.sector !== undefined && panel.sector[symbol] >= 0
  const columns: Record<typeof rule, [Source, Source]> = {
    averages: [
      ['averageFast', columnOf('average')],
      ['averageSlow', columnOf('average')],
    ],
    rsi: [
      ['rsiDays', columnOf('rsi')],
      ['volumeDays', columnOf('volume')],
    ],
    bollinger: [
      ['bollingerDays', columnOf('bands')],
      ['bollingerDays', columnOf('bands')],
    ],
  }
  return {
    capital: ['capital', Number],
    size: ['sizeAtFullConviction', Number],
    position: ['maxPosition', Number],
    gross: ['gross', Number],
    net: ['net', orUnlimited],
    sector: ['sector', hasSector ? orUnlimited : () => unlimited],
    minimumTrade: ['minimumTrade', Number],
    wholeShares: ['wholeShares', Number],
    stop: ['stop', Number],
    target: ['target', Number],
    maxBars: ['maxBars', Number],
    commission: ['commissionBps', (value) => Number(value) / 10_000],
    slippage: ['slippageBps', (value) => Number(value) / 10_000],
    interest: ['cashRate', (value) => Number(value) / 252],
    ambiguous: ['ambiguousBar', (value) => ambiguousCodes.indexOf(value)],
    column: columns[rule][0],
    otherColumn: columns[rule][1],
    low: ['rsiLow', Number],
    lowRest: ['rsiLow', restOf],
    high: ['rsiHigh', Number],
    ratio: ['rsiVolumeRatio', Number],
    width: ['bollingerWidth', Number],
    widthRest: ['bollingerWidth', restOf],
  }
}

/** Index of the column that holds an indicator of so many days. */
export type ColumnOf = (indicator: string) => (days: ParamValue) => number

/**
 * slots [2 × slots, then the values]: of each slot the axis that moves it (2³² − 1: none) and where its values
 * begin; values are the bits of float32. Value i of a slot is that of value i of its axis.
 */
export function slotTable(panel: Panel, sweep: RuleSweep, columnOf: ColumnOf): Uint32Array<ArrayBuffer> {
  const sources = sourcesOf(panel, sweep, columnOf)
  const heads: number[] = []
  const values: number[] = []
  for (const name of slotNames) {
    const [param, toNumber] = sources[name]
    const axis = sweep.axes.findIndex((one) => one.param === param)
    heads.push(axis < 0 ? 0xffffffff : axis, 2 * slotNames.length + values.length)
    values.push(...valuesOf(sweep, param).map(toNumber))
  }
  const table = new Uint32Array(heads.length + values.length)
  table.set(heads)
  new Float32Array(table.buffer).set(values, heads.length)
  return table
}
