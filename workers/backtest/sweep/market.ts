import type { Panel } from '../../quant/panel.ts'
import type { LoadedPanel } from '../engine.ts'
import { keptBarsOf } from '../bars.ts'
import type { Calendar } from '../calendarDraws.ts'
import type { RunScope } from '../range.ts'
import type { TaskMarket } from './task.ts'

/** Whether memory can be shared with the workers: where the page is isolated (COOP and COEP). */
export const canShare = (): boolean => globalThis.crossOriginIsolated === true

const shared = new WeakMap<Panel, { panel: Panel; prices: Float64Array }>()

/**
 * The market as the workers of a sweep get it: in shared memory, which they all read, or as plain columns, of which
 * each receives a copy with the message.
 */
export function taskMarket(
  loaded: LoadedPanel,
  calendar: Calendar,
  { tradable, benchmark }: RunScope,
  share: boolean,
): TaskMarket {
  const { contents, panel, signals, jet, demand } = loaded
  const rest = {
    contents,
    signals,
    calendar,
    tradable,
    benchmark,
    ...(jet && { candidates: jet.candidates }),
    ...(demand && { demand }),
  }
  return share ? { ...sharedOf(panel), ...rest } : { panel, ...rest }
}

function sharedOf(panel: Panel): { panel: Panel; prices: Float64Array } {
  let market = shared.get(panel)
  if (market === undefined) {
    market = {
      panel: {
        ...panel,
        open: inSharedMemory(panel.open),
        high: inSharedMemory(panel.high),
        low: inSharedMemory(panel.low),
        close: inSharedMemory(panel.close),
        volume: inSharedMemory(panel.volume),
        ...(panel.rawFactor && { rawFactor: inSharedMemory(panel.rawFactor) }),
      },
      prices: inSharedMemory(keptBarsOf(panel).prices),
    }
    shared.set(panel, market)
  }
  return market
}

function inSharedMemory(column: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}
