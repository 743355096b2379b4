import * as v from 'valibot'
import type { StrikemapSettings } from '../../workers/backtest/api.ts'
import { contractOf } from './contractKey.ts'

const day = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))

export const optionsChainField = v.object({
  symbol: v.nullable(v.pipe(v.string(), v.maxLength(32))),
  day: v.nullable(day),
})

export const contractField = v.nullable(
  v.pipe(
    v.string(),
    v.maxLength(48),
    v.check((key) => contractOf(key) !== null),
  ),
)

type Numbers = Exclude<keyof StrikemapSettings, 'definition'>

/** Where the settings of a Strikemap may lie. */
export const strikemapBounds: Record<Numbers, [min: number, max: number]> = {
  rate: [-0.05, 0.3],
  falseDiscovery: [0.001, 0.5],
  cheapBelow: [0, 10],
  dearAbove: [0, 10],
  leastVolume: [0, 1_000_000],
  leastOpenInterest: [0, 1_000_000],
  mostSpread: [0, 2],
  callFrom: [0, 10],
  callTo: [0, 10],
  putFrom: [0, 10],
  putTo: [0, 10],
}

const within = ([min, max]: [number, number]) => v.pipe(v.number(), v.minValue(min), v.maxValue(max))

/** Those settings that differ from what is recommended. */
export const strikemapSettingsField = v.partial(
  v.strictObject({
    definition: v.picklist(['recommended', 'original']),
    ...(Object.fromEntries(
      Object.entries(strikemapBounds).map(([name, bounds]) => [name, within(bounds)]),
    ) as Record<Numbers, ReturnType<typeof within>>),
  }),
)
