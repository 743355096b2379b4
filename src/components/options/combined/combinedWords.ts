import type { Combined, CombinedPart } from '../../../../workers/backtest/api.ts'
import type { ChartTheme } from '../../../charts/frame.ts'
import { number, percent } from '../../../charts/format.ts'

/** Parts of the book, told apart by colour and dash, with names that fit at the end of a line. */
export const partStrokes: Record<
  Exclude<CombinedPart['id'], 'custom'>,
  { short: string; colour: keyof Omit<ChartTheme, 'font'>; dash?: [number, number] }
> = {
  jet: { short: 'Jet', colour: 'accent' },
  tickets: { short: 'Tickets', colour: 'loss' },
  options: { short: 'Options', colour: 'warn' },
  equal: { short: 'Equal', colour: 'ink' },
  integrated: { short: 'Integrated', colour: 'ink2', dash: [6, 3] },
}

export const strokeOf = ({ id }: CombinedPart): (typeof partStrokes)['jet'] =>
  partStrokes[id === 'custom' ? 'options' : id]

/** What holding several systems at once saved in risk. */
export function diversificationSentence({ diversification }: Pick<Combined, 'diversification'>): string {
  if (!Number.isFinite(diversification))
    return 'What holding several saves cannot be told: it takes two systems at the least.'
  const ratio = number(diversification)
  if (diversification < 0.995)
    return `Equally weighted, the book moved ${ratio} times as much as its parts do on average: ${percent(1 - diversification, { digits: 0 })} of the volatility cancelled out.`
  return `Equally weighted, the book moved ${ratio} times as much as its parts do on average: nothing cancelled out.`
}

/** The mean correlation of the systems alone, the books made of them left out; NaN where there is no pair. */
export function meanCorrelation({ parts, correlation }: Pick<Combined, 'parts' | 'correlation'>): number {
  let sum = 0
  let pairs = 0
  const alone = ({ id }: CombinedPart): boolean => id !== 'equal' && id !== 'integrated'
  for (let i = 0; i < parts.length; i++)
    for (let k = 0; k < i; k++) {
      const value = correlation[i * parts.length + k]
      if (!alone(parts[i]) || !alone(parts[k]) || !Number.isFinite(value)) continue
      sum += value
      pairs++
    }
  return pairs > 0 ? sum / pairs : NaN
}
