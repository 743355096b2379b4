/**
 * The six signals of the options system. Each adds the bars on which it speaks, symbol by symbol, with its
 * conviction: positive buys, negative sells. Bar i is judged by bars 0 … i only. A value still warming up or
 * missing (NaN) fails every comparison and so says nothing.
 */
import { changeOver } from '../quant/indicators.ts'
import type { Calls } from './calls.ts'
import type { IndicatorCache } from './indicatorCache.ts'
import type { OptionsParams } from './optionsParams.ts'

export interface TechnicalSignal {
  /** Every parameter that changes what it says; also the key of its results. */
  reads: (keyof OptionsParams)[]
  on: keyof OptionsParams
  find: (calls: Calls, cache: IndicatorCache, params: OptionsParams) => void
}

/** In the order of the reasons. */
export const technicalSignals: TechnicalSignal[] = [
  {
    on: 'rsiOn',
    reads: ['rsiDays', 'rsiLow', 'rsiHigh', 'rsiVolumeRatio', 'volumeDays'],
    find(calls, cache, { rsiDays, rsiLow, rsiHigh, rsiVolumeRatio, volumeDays }) {
      const indices = cache.rsi(rsiDays)
      const ratios = cache.volumeRatio(volumeDays)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day } = cache.bars[symbol]
        const index = indices[symbol]
        const ratio = ratios[symbol]
        for (let i = 1; i < day.length; i++) {
          const value = index[i]
          if (value < rsiLow && index[i - 1] >= rsiLow) {
            const active = rsiVolumeRatio === 0 || ratio[i] > rsiVolumeRatio
            if (active) calls.add(day[i], symbol, Math.min(1, (rsiLow - value) / 10))
          } else if (value > rsiHigh && index[i - 1] <= rsiHigh) {
            calls.add(day[i], symbol, -Math.min(1, (value - rsiHigh) / 10))
          }
        }
      }
    },
  },
  {
    on: 'averagesOn',
    reads: ['averageFast', 'averageSlow'],
    find(calls, cache, { averageFast, averageSlow }) {
      const fast = cache.closeAverage(averageFast)
      const slow = cache.closeAverage(averageSlow)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day } = cache.bars[symbol]
        const upper = fast[symbol]
        const lower = slow[symbol]
        let before = NaN
        for (let i = 0; i < day.length; i++) {
          const now = upper[i] - lower[i]
          // Seldom true, and so nearly free; a zero on either side has to be looked at.
          if (before * now <= 0) addCrossing(calls, day[i], symbol, before, now, 0.8, 0.7)
          before = now
        }
      }
    },
  },
  {
    on: 'volumeOn',
    reads: ['volumeDays', 'volumeRatio', 'volumeReturn', 'volumeReturnDays'],
    find(calls, cache, { volumeDays, volumeRatio, volumeReturn, volumeReturnDays }) {
      const ratios = cache.volumeRatio(volumeDays)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day, close } = cache.bars[symbol]
        const ratio = ratios[symbol]
        for (let i = 0; i < day.length; i++) {
          if (ratio[i] > volumeRatio && changeOver(close, volumeReturnDays, i) > volumeReturn) {
            calls.add(day[i], symbol, Math.min(1, ratio[i] / 3))
          }
        }
      }
    },
  },
  {
    on: 'macdOn',
    reads: ['macdFast', 'macdSlow', 'macdSignal'],
    find(calls, cache, { macdFast, macdSlow, macdSignal }) {
      const histograms = cache.macdHistogram(macdFast, macdSlow, macdSignal)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day } = cache.bars[symbol]
        const histogram = histograms[symbol]
        let before = NaN
        for (let i = 0; i < day.length; i++) {
          const now = histogram[i]
          if (before * now <= 0) addCrossing(calls, day[i], symbol, before, now, 0.6, 0.5)
          before = now
        }
      }
    },
  },
  {
    on: 'bollingerOn',
    reads: ['bollingerDays', 'bollingerWidth'],
    find(calls, cache, { bollingerDays, bollingerWidth }) {
      const distances = cache.bandDistance(bollingerDays)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day } = cache.bars[symbol]
        const distance = distances[symbol]
        for (let i = 0; i < day.length; i++) {
          const beyond = Math.abs(distance[i]) - bollingerWidth
          if (beyond > 0)
            calls.add(day[i], symbol, distance[i] < 0 ? Math.min(1, beyond) : -Math.min(1, beyond))
        }
      }
    },
  },
  {
    on: 'momentumOn',
    reads: [
      'momentumShort',
      'momentumShortDays',
      'momentumLong',
      'momentumLongDays',
      'momentumVolumeRatio',
      'volumeDays',
    ],
    find(calls, cache, params) {
      const { momentumShort, momentumShortDays, momentumLong, momentumLongDays, momentumVolumeRatio } = params
      const ratios = momentumVolumeRatio === 0 ? null : cache.volumeRatio(params.volumeDays)
      for (let symbol = 0; symbol < cache.bars.length; symbol++) {
        const { day, close } = cache.bars[symbol]
        const ratio = ratios?.[symbol]
        for (let i = 0; i < day.length; i++) {
          if (ratio !== undefined && !(ratio[i] > momentumVolumeRatio)) continue
          const short = changeOver(close, momentumShortDays, i)
          if (short > momentumShort && changeOver(close, momentumLongDays, i) > momentumLong) {
            calls.add(day[i], symbol, Math.min(1, 10 * short))
          }
        }
      }
    },
  },
]

/** A call where the difference of two lines went from one side of 0, or from 0 itself, to the other side. */
function addCrossing(
  calls: Calls,
  day: number,
  symbol: number,
  before: number,
  now: number,
  buy: number,
  sell: number,
): void {
  if (before <= 0 && now > 0) calls.add(day, symbol, buy)
  else if (before >= 0 && now < 0) calls.add(day, symbol, -sell)
}
