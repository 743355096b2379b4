import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resamplerOf } from '../../../../workers/backtest/calendarDraws.ts'
import { Charger } from '../../../../workers/backtest/resampling/charger.ts'
import { Maxima } from '../../../../workers/backtest/resampling/maxima.ts'
import { resamples } from '../../../../workers/backtest/resampling/resampler.ts'
import { lanes, openScript, openSums } from '../../../../workers/backtest/resampling/sums.ts'
import { stationaryIndices } from '../../../../workers/quant/bootstrap.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { resampledSums } from '../../../tools/buildWasm.ts'

const random = new Random(1)

describe('resampled sums', () => {
  it('are assembled from the text that is in the repository', async () => {
    expect(readFileSync(resampledSums.file, 'utf8')).toBe(await resampledSums.make())
  })

  it.each([1, 7, 130])('are the same to the bit in WebAssembly and in JavaScript over %i days', (days) => {
    const vectors = openSums(days, 12)
    const script = openScript(days, 12)
    for (let i = 0; i < vectors.counts.length; i++) {
      vectors.counts[i] = script.counts[i] = random.below(4)
    }
    for (let i = 0; i < vectors.series.length; i++) {
      vectors.series[i] = script.series[i] = random.uniform() - 0.5
    }
    vectors.run()
    script.run()
    expect(vectors.sums).toEqual(script.sums)
    expect(vectors.counts.buffer).not.toBe(script.counts.buffer)
  })
})

describe('charging trials', () => {
  it('gives the t-values and maxima of the definition, taken in double precision draw by draw', () => {
    const days = 120
    const calendar = { days, meanBlock: 3 }
    const charger = new Charger(resamplerOf(calendar))
    const maxima = new Maxima()
    // Different ranges of the calendar, more than fit at once, one of them hopeless.
    const trials = Array.from({ length: lanes + 3 }, (_, k) => ({
      first: 1 + k,
      values: Float64Array.from(
        { length: days - 1 - 2 * k },
        () => random.uniform() - 0.5 + (k === 4 ? -0.4 : 0.02),
      ),
    }))
    const t: number[] = []
    for (const { first, values } of trials) {
      if (charger.full) {
        charger.run(maxima)
        t.push(...charger.t)
      }
      charger.put(first, values, values.length)
    }
    const rest = charger.waiting
    charger.run(maxima)
    t.push(...charger.t.slice(0, rest))

    const indices = new Int32Array(days)
    const wanted = new Float64Array(resamples).fill(-Infinity)
    const plain = new Float64Array(resamples).fill(-Infinity)
    trials.forEach(({ first, values }, k) => {
      const n = values.length
      const mean = values.reduce((sum, value) => sum + value, 0) / n
      const means = Float64Array.from({ length: resamples }, (_, b) => {
        stationaryIndices(indices, calendar.meanBlock, 20_040_101, b)
        let [sum, drawn] = [0, 0]
        for (const day of indices) {
          if (day < first || day >= first + n) continue
          sum += values[day - first]
          drawn++
        }
        return drawn > 0 ? sum / drawn : mean
      })
      const centre = means.reduce((sum, value) => sum + value, 0) / resamples
      const error = Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (resamples - 1))
      expect(t[k]).toBeCloseTo(mean / error, 4)
      const hopeless = mean / error < -Math.sqrt(2 * Math.log(Math.log(n)))
      expect(hopeless).toBe(k === 4)
      for (let b = 0; b < resamples; b++) {
        wanted[b] = Math.max(wanted[b], (means[b] - (hopeless ? 0 : mean)) / error)
        plain[b] = Math.max(plain[b], Math.sqrt(n) * (means[b] - mean))
      }
    })
    for (let b = 0; b < resamples; b++) {
      // Rounded up to a 256th, and up to a 64th of a doubling.
      expect(maxima.studentised[b] / 256 - wanted[b]).toBeGreaterThan(-1e-4)
      expect(maxima.studentised[b] / 256 - wanted[b]).toBeLessThan(1 / 256 + 1e-4)
      expect(2 ** (maxima.plain[b] / 64) / plain[b]).toBeGreaterThan(1 - 1e-4)
      expect(2 ** (maxima.plain[b] / 64) / plain[b]).toBeLessThan(2 ** (1 / 64) + 1e-4)
    }
  })
})
