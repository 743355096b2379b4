import { comparedFigures, type Comparison } from '../../../workers/backtest/api.ts'
import { isoDate } from '../../charts/format.ts'
import { csvFile, numberCell, textCell } from '../report/exportCsv.ts'
import { figureWords } from './compareWords.ts'
import type { DifferingSetting } from './settingsThatDiffer.ts'

/** Settings that differ, then every figure by part and run: the value and the difference from the base. */
export function figuresCsv(comparison: Comparison, names: string[], settings: DifferingSetting[]): string {
  const ofSettings = settings.flatMap(({ label, values }) =>
    values.map((value, run) => ['setting', '', textCell(label), textCell(names[run]), textCell(value)]),
  )
  const ofFigures = comparison.parts.flatMap(({ part, from, to, values, differences }) =>
    comparedFigures.flatMap((figure) =>
      values.map((of, run) => [
        'figure',
        part,
        textCell(figureWords[figure].label),
        textCell(names[run]),
        ...[of[figure], differences[run][figure]].flatMap(({ value, low, high }) =>
          [value, low, high].map(numberCell),
        ),
        isoDate(from),
        isoDate(to),
      ]),
    ),
  )
  const head = [
    'kind', 'part', 'what', 'run', 'value', 'low', 'high', 'difference_from_base', 'difference_low',
    'difference_high', 'from', 'to',
  ] // prettier-ignore
  return csvFile([
    head,
    ...[...ofSettings, ...ofFigures].map((cells) => [
      ...cells,
      ...Array<string>(head.length - cells.length).fill(''),
    ]),
  ])
}

/** Every common day: equity of each run, 1 on the first. */
export function daysCsv({ dates, equity, split }: Comparison, names: string[]): string {
  const rows = Array.from(dates, (day, i) => [
    isoDate(day),
    ...equity.map((values) => numberCell(values[i])),
    split < dates.length ? (i >= split ? 'out of sample' : 'in sample') : '',
  ])
  return csvFile([['date', ...names.map(textCell), 'sample'], ...rows])
}
