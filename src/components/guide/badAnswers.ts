import type { GuardId } from '../../../workers/backtest/api.ts'

/** What a bad answer of a guard means, and what can be done. */
export const badAnswers: Record<GuardId, string> = {
  probabilisticSharpe:
    'So few or so wild days would often show a ratio like this without any skill. Only more days help; a finer choice of settings does not.',
  deflatedSharpe:
    'The result is no better than the best of as many tries is by luck. After a wide sweep of near neighbours this is to be expected: look at the p-value, which counts how alike they are.',
  minimumTrackRecord:
    'The history is too short for a ratio of this size. Load more years, or wait; the smaller the ratio, the longer.',
  realityCheck:
    'Chance brings a best this good too often. Where the p-value of the verdict is far smaller, many hopeless tries are the reason.',
  overfitting:
    'What was best on one half tells nothing of the other: the setting was chosen by noise. Take one from the middle of a plateau, or fewer parameters.',
  breakEvenCosts:
    'Costs that are not much higher than planned take all of the profit. Trade less often, hold longer, or check what your trades would really cost.',
  capacity:
    'Some trades are large beside what changes hands in a day, so that the fills assumed here would not be had. Start with less capital, or leave out thinly traded symbols.',
  independentBets:
    'Positions move together: the many trades are nearly one bet, and their number says little. Look at what they have in common, a sector or the market.',
  leaveYearOut:
    'Nearly all of it was earned in one year. Ask what was special in it, and whether it will come again.',
  drawdownFan:
    'The same days in another order would mostly have fallen deeper. Expect a deeper fall than the one in the report before you put money on it.',
  delay:
    'The profit is gone a day later: it hangs on being first, or on a price that could not be had at the time. Check how early the data really were known.',
  leaveSymbolOut:
    'One symbol carries the result. It may have been luck to have it in the list; without it the rule has nothing to show.',
  parameterJitter:
    'Settings close by lose: this point is a peak, and peaks are mostly noise. See the map of a sweep around it.',
  randomEntries:
    'Entering at random, with the same sizes and exits, does as well: what earned was the market, the exits or the choice of symbols, and not the signal.',
  shiftedSignals:
    'The same pattern of decisions at the wrong time does as well: what was held mattered, and not when.',
}
