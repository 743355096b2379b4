import { expect, it } from 'vitest'
import { fitBaseRate } from '../../../../workers/hrm/baselines/baseRate.ts'
import type { Classifier } from '../../../../workers/hrm/baselines/classifier.ts'
import { fitLogisticRegression } from '../../../../workers/hrm/baselines/logisticRegression.ts'
import { fitBoostedTrees } from '../../../../workers/hrm/baselines/trees/boosting.ts'
import { bootstrapDifference } from '../../../../workers/hrm/evaluation/differenceBootstrap.ts'
import { logLoss } from '../../../../workers/hrm/evaluation/properScores.ts'
import { walkForward } from '../../../../workers/hrm/evaluation/walkForward.ts'
import { roc, rsi, zscore } from '../../../../workers/quant/indicators.ts'
import { realPanel } from '../../realPrices.ts'
import { describeShared } from '../../shared.ts'

const width = 8

/** A row per symbol and day: what its prices and volumes were like, and whether the next close is higher. */
function nextDays() {
  const { symbols, dates, close, volume } = realPanel(['AAPL', 'SPY', 'TSLA'])
  const days = dates.length
  const features = symbols.map((_, symbol) => {
    const own = (series: Float64Array) => series.subarray(symbol * days, (symbol + 1) * days)
    const price = own(close)
    const returns = [1, 2, 5, 20, 60].map((n) => roc(price, n))
    return [...returns, rsi(price, 14), zscore(price, 20), zscore(own(volume), 20)]
  })
  const rows = (days - 1) * symbols.length
  const day = (row: number) => Math.floor(row / symbols.length)
  const column = (ofRow: (row: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => ofRow(row))
  const values = new Float64Array(rows * width)
  const labels = column((row) => {
    const symbol = row % symbols.length
    features[symbol].forEach((series, k) => (values[row * width + k] = series[day(row)]))
    const at = symbol * days + day(row)
    return Number(close[at + 1] > close[at])
  })
  const samples = {
    known: column(day),
    resolved: column((row) => day(row) + 1),
    groups: column((row) => row % symbols.length),
  }
  return { table: { values, width }, labels, samples }
}

describeShared('the sign of tomorrow, from the prices of real shares up to today', () => {
  it('is told by neither trees nor regression better than by the base rate', async () => {
    const { table, labels, samples } = nextDays()
    const plan = { firstTest: 1600, until: 2476, test: 876, validation: 250, train: Infinity, embargo: 0 }
    const [{ train, validation, test }] = walkForward(samples, { ...plan, heldOut: new Set() })
    const task = { table, labels, classes: 2, train, validation }
    const answer = (model: Classifier) => model.probabilities(table, test)
    const second = await answer(fitBaseRate(task))
    for (const model of [await fitLogisticRegression(task), await fitBoostedTrees(task)]) {
      const { estimate, high } = bootstrapDifference(
        {
          metric: logLoss,
          first: await answer(model),
          second,
          labels: Array.from(test, (row) => labels[row]),
        },
        { kind: 'time', times: Array.from(test, (row) => samples.known[row]), meanBlock: 10 },
        { resamples: 200, seed: 1 },
      )
      expect(estimate).toBeGreaterThan(-0.005)
      expect(high).toBeGreaterThan(0)
    }
  })
})
