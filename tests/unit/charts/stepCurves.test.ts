import { describe, expect, it } from 'vitest'
import {
  labelPlaces,
  stepCurvesOption,
  valueAt,
  type StepCurve,
} from '../../../src/charts/stepCurvesOption.ts'
import { frame } from './theme.ts'

const curve = (part: Partial<StepCurve> = {}): StepCurve => ({
  name: 'HRM',
  colour: 'accent',
  dash: 'solid',
  steps: [100, 200, 300],
  values: [0.1, 0.3, 0.2],
  ...part,
})
const percent = (value: number) => `${Math.round(100 * value)} %`

interface Series {
  name?: string
  stack?: string
  data: [number, number][]
  showSymbol: boolean
  endLabel?: { show: boolean; formatter: string; offset: [number, number] }
}
const seriesOf = (curves: StepCurve[], width = 900) =>
  (
    stepCurvesOption({ curves, until: 1_000, domain: { min: 0, max: 1 }, text: percent }, frame(width))!
      .option as {
      series: Series[]
    }
  ).series

describe('curves of a training', () => {
  it('are not drawn before anything has been measured', () => {
    const nothing = curve({ steps: [], values: [] })
    expect(
      stepCurvesOption({ curves: [nothing], until: 10, domain: null, text: percent }, frame()),
    ).toBeNull()
  })

  it('stand on an axis as long as the training will be, so that it does not move while it runs', () => {
    const { xAxis } = stepCurvesOption(
      { curves: [curve()], until: 1_000, domain: null, text: percent },
      frame(),
    )!.option as { xAxis: { min: number; max: number } }
    expect([xAxis.min, xAxis.max]).toEqual([0, 1_000])
  })

  it('end in their name and last value, one beneath the other where they meet', () => {
    const [first, second] = seriesOf([
      curve({ values: [0, 0, 0.5] }),
      curve({ name: 'TRM', values: [0, 0, 0.5] }),
    ])
    expect(first.endLabel?.formatter).toBe('HRM 50 %')
    expect(Math.abs(first.endLabel!.offset[1] - second.endLabel!.offset[1])).toBeGreaterThanOrEqual(15)
  })

  it('keep their names a line apart and above the axis, in the order of their ends', () => {
    const places = labelPlaces([200, 200, 198, 40], 200)
    const sorted = [...places].sort((a, b) => a - b)
    for (let k = 1; k < 4; k++) expect(sorted[k] - sorted[k - 1]).toBeGreaterThanOrEqual(15)
    expect(sorted[3]).toBeLessThan(200)
    expect(places[3]).toBe(40)
    expect(places[2]).toBeLessThan(places[0])
  })

  it('leave their names to the legend on a phone', () => {
    expect(seriesOf([curve()], 340)[0].endLabel?.show).toBe(false)
  })

  it('carry their interval as a surface between its ends', () => {
    const [lower, rest] = seriesOf([curve({ low: [0, 0.2, 0.1], high: [0.2, 0.5, 0.4] })])
    expect(lower.data.map(([, value]) => value)).toEqual([0, 0.2, 0.1])
    rest.data.forEach(([, value], k) => expect(value).toBeCloseTo([0.2, 0.3, 0.3][k]))
    expect(rest.stack).toBe(lower.stack)
  })

  it('show a single measurement as a point', () => {
    expect(seriesOf([curve({ steps: [5], values: [0.4] })])[0].showSymbol).toBe(true)
  })

  it('say what was measured nearest to the pointer, and nothing of a run that did not get there', () => {
    const long = curve({ name: 'TRM', steps: [100, 900], values: [0.2, 0.8] })
    const { tip } = stepCurvesOption(
      { curves: [curve(), long], until: 1_000, domain: null, text: percent },
      frame(),
    )!
    expect(tip(190)?.rows.map(({ name, values }) => [name, values[0]])).toEqual([
      ['HRM', '30 %'],
      ['TRM', '20 %'],
    ])
    expect(tip(890)).toMatchObject({ title: 'Step 890', rows: [{ name: 'TRM', values: ['80 %'] }] })
    expect(tip(950)).toBeNull()
    expect(valueAt(long, 500)).toBe(0.8)
  })
})
