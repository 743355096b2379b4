import type { RowDataset } from '../../quant/rows.ts'

/** Deviations from the mean of the training rows that are worth a sentence. */
const worthSaying = 1

interface Telling {
  feature: string
  say: (value: number, counterparty: string) => string
  /** Few are as unusual as many. */
  bothWays?: boolean
}

const days = (value: number) => Math.round(Math.expm1(value))
const percent = (value: number) => `${Math.round(100 * value)} %`

/** Features a person understands, and the sentence for each. */
const tellings: Telling[] = [
  {
    feature: 'visits to the counterparty in 90 days',
    say: (value, counterparty) =>
      `${value === 1 ? 'One visit' : `${value} visits`} to ${counterparty || 'one headquarters'} in 90 days`,
  },
  {
    feature: 'unusually many legs in 7 days',
    say: (value) =>
      value > 0
        ? `Far more legs in 7 days than usual (${value.toFixed(1)} MAD above the median)`
        : `Far fewer legs in 7 days than usual (${Math.abs(value).toFixed(1)} MAD below the median)`,
    bothWays: true,
  },
  {
    feature: 'headquarters visited in 90 days',
    say: (value) => `${value} different headquarters visited in 90 days`,
  },
  {
    feature: 'other visitors of the counterparty in 90 days',
    say: (value, counterparty) => `${value} other companies visited ${counterparty || 'it'} in 90 days`,
  },
  {
    feature: 'share of new destinations in 4 weeks',
    say: (value) => `${percent(value)} of the landings of 4 weeks at airports new to it`,
  },
  {
    feature: 'distance from headquarters in 4 weeks',
    say: (value) => `Landings on average ${Math.round(1000 * value)} km from headquarters`,
  },
  { feature: 'hidden weeks of 26', say: (value) => `Hidden from the trackers in ${value} of 26 weeks` },
  {
    feature: 'another jet within 48 hours',
    say: () => 'Another company’s jet at the same airport within 48 hours',
  },
  { feature: 'nights there', say: (value) => `Stayed ${value === 1 ? 'one night' : `${value} nights`}` },
  {
    feature: 'days since the visit before',
    say: (value) => `The visit before was ${days(value)} days earlier`,
    bothWays: true,
  },
]

/** What is unusual about a row against the training rows of its kind, largest first. */
export class Unusual {
  private readonly moments = new Map<string, { mean: number; deviation: number }>()

  constructor(
    private readonly dataset: RowDataset,
    /** [rows] */
    private readonly isVisit: (row: number) => boolean,
  ) {}

  of(row: number, counterparty: string): { text: string; z: number }[] {
    return tellings
      .flatMap(({ feature, say, bothWays }) => {
        const value = this.value(row, feature)
        const z = this.z(row, feature, value)
        return z >= worthSaying || (bothWays && z <= -worthSaying)
          ? [{ text: say(value, counterparty), z }]
          : []
      })
      .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
  }

  private value(row: number, feature: string): number {
    const { names, values } = this.dataset.flat
    return values[row * names.length + names.indexOf(feature)]
  }

  private z(row: number, feature: string, value: number): number {
    const visit = this.isVisit(row)
    const key = `${visit} ${feature}`
    let moments = this.moments.get(key)
    if (!moments) {
      const seen = [...this.dataset.split.train]
        .filter((other) => this.isVisit(other) === visit)
        .map((other) => this.value(other, feature))
        .filter((other) => !Number.isNaN(other))
      const mean = seen.reduce((sum, other) => sum + other, 0) / seen.length
      const squares = seen.reduce((sum, other) => sum + (other - mean) ** 2, 0)
      this.moments.set(key, (moments = { mean, deviation: Math.sqrt(squares / (seen.length - 1)) }))
    }
    return moments.deviation > 0 ? (value - moments.mean) / moments.deviation : NaN
  }
}
