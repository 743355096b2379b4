/**
 * The six signals of the options system. Each fills `out` with its conviction on every traded bar of one
 * symbol: positive buys, negative sells, 0 says nothing. Bar i is judged by bars 0 … i only. A value still
 * warming up or missing (NaN) fails every comparison and so says nothing.
 */
import type { IndicatorCache } from './indicatorCache.ts'
import type { OptionsParams } from './optionsParams.ts'

export interface TechnicalSignal {
  /** Every parameter that changes what it says; also the key of its results. */
  reads: (keyof OptionsParams)[]
  on: keyof OptionsParams
  fill: (out: Float64Array, cache: IndicatorCache, symbol: number, params: OptionsParams) => void
}

/** In the order of the reasons. */
export const technicalSignals: TechnicalSignal[] = [
  {
    on: 'rsiOn',
    reads: ['rsiDays', 'rsiLow', 'rsiHigh', 'rsiVolumeRatio', 'volumeDays'],
    fill(out, cache, symbol, { rsiDays, rsiLow, rsiHigh, rsiVolumeRatio, volumeDays }) {
      const index = cache.rsi(symbol, rsiDays)
      const ratio = cache.volumeRatio(symbol, volumeDays)
      for (let i = 1; i < out.length; i++) {
        if (index[i - 1] >= rsiLow && index[i] < rsiLow) {
          const active = rsiVolumeRatio === 0 || ratio[i] > rsiVolumeRatio
          out[i] = active ? Math.min(1, (rsiLow - index[i]) / 10) : 0
        } else if (index[i - 1] <= rsiHigh && index[i] > rsiHigh) {
          out[i] = -Math.min(1, (index[i] - rsiHigh) / 10)
        }
      }
    },
  },
  {
    on: 'averagesOn',
    reads: ['averageFast', 'averageSlow'],
    fill(out, cache, symbol, { averageFast, averageSlow }) {
      const fast = cache.closeAverage(symbol, averageFast)
      const slow = cache.closeAverage(symbol, averageSlow)
      for (let i = 1; i < out.length; i++) {
        if (fast[i - 1] <= slow[i - 1] && fast[i] > slow[i]) out[i] = 0.8
        else if (fast[i - 1] >= slow[i - 1] && fast[i] < slow[i]) out[i] = -0.7
      }
    },
  },
  {
    on: 'volumeOn',
    reads: ['volumeDays', 'volumeRatio', 'volumeReturn', 'volumeReturnDays'],
    fill(out, cache, symbol, { volumeDays, volumeRatio, volumeReturn, volumeReturnDays }) {
      const ratio = cache.volumeRatio(symbol, volumeDays)
      const change = cache.change(symbol, volumeReturnDays)
      for (let i = 0; i < out.length; i++) {
        if (ratio[i] > volumeRatio && change[i] > volumeReturn) out[i] = Math.min(1, ratio[i] / 3)
      }
    },
  },
  {
    on: 'macdOn',
    reads: ['macdFast', 'macdSlow', 'macdSignal'],
    fill(out, cache, symbol, { macdFast, macdSlow, macdSignal }) {
      const histogram = cache.macdHistogram(symbol, macdFast, macdSlow, macdSignal)
      for (let i = 1; i < out.length; i++) {
        if (histogram[i - 1] <= 0 && histogram[i] > 0) out[i] = 0.6
        else if (histogram[i - 1] >= 0 && histogram[i] < 0) out[i] = -0.5
      }
    },
  },
  {
    on: 'bollingerOn',
    reads: ['bollingerDays', 'bollingerWidth'],
    fill(out, cache, symbol, { bollingerDays, bollingerWidth }) {
      const { close } = cache.tradedBars(symbol)
      const { middle, deviation } = cache.closeSpread(symbol, bollingerDays)
      for (let i = 0; i < out.length; i++) {
        const away = close[i] - middle[i]
        const band = bollingerWidth * deviation[i]
        if (away < -band) out[i] = Math.min(1, (-away - band) / deviation[i])
        else if (away > band) out[i] = -Math.min(1, (away - band) / deviation[i])
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
    fill(out, cache, symbol, params) {
      const { momentumShort, momentumLong, momentumVolumeRatio } = params
      const short = cache.change(symbol, params.momentumShortDays)
      const long = cache.change(symbol, params.momentumLongDays)
      const ratio = cache.volumeRatio(symbol, params.volumeDays)
      for (let i = 0; i < out.length; i++) {
        if (!(short[i] > momentumShort && long[i] > momentumLong)) continue
        const active = momentumVolumeRatio === 0 || ratio[i] > momentumVolumeRatio
        out[i] = active ? Math.min(1, 10 * short[i]) : 0
      }
    },
  },
]
