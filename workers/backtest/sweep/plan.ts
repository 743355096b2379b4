import { Random } from '../../quant/random.ts'
import { breaks, systemInfos } from '../../systems/api.ts'
import type { SystemInfo } from '../../systems/api.ts'
import type { Params } from '../../systems/system.ts'
import { mostCombinations } from './contract.ts'
import type { Axis, SweepSpec } from './contract.ts'

/**
 * Which combination has which number. Axes that change what is decided turn slowest and those that only change the
 * rules turn fastest, so that neighbours in number share their signals.
 */
export class SweepPlan {
  readonly total: number
  /** In the order in which they turn, slowest first. */
  readonly axes: Axis[]
  private readonly info: SystemInfo
  private readonly base: Params
  private readonly orderings: SystemInfo['orderings']
  /** [axes] of a Latin hypercube: stratum of each combination. */
  private readonly strata: Int32Array[]
  private readonly digits: Int32Array

  /** @throws RangeError with a sentence where the spec cannot be run */
  constructor(
    readonly spec: Pick<SweepSpec, 'axes' | 'design' | 'request'>,
    onlyRules: readonly string[],
  ) {
    const { request, axes, design } = spec
    const info = systemInfos.find(({ id }) => id === request.system)
    if (info === undefined) throw new RangeError(`There is no system “${request.system}” to sweep.`)
    this.info = info
    this.base = request.params
    checkAxes(info, axes)
    const turnsFast = (axis: Axis) => Number(onlyRules.includes(axis.param))
    this.axes = [...axes].sort((a, b) => turnsFast(a) - turnsFast(b))
    this.digits = new Int32Array(axes.length)
    const grid = axes.reduce((product, { values }) => product * values.length, 1)
    this.total = design.kind === 'grid' ? grid : design.count
    if (!(this.total >= 1 && this.total <= mostCombinations)) {
      throw new RangeError(
        `${this.total.toLocaleString('en-US')} combinations are more than the ${mostCombinations.toLocaleString('en-US')} of one sweep. Take larger steps, fewer parameters, or a Latin hypercube.`,
      )
    }
    this.strata =
      design.kind === 'grid'
        ? []
        : this.axes.map((_, i) =>
            new Random(design.seed, i).shuffle(Int32Array.from({ length: design.count }, (_, k) => k)),
          )
    const swept = new Set(axes.map(({ param }) => param))
    this.orderings = info.orderings.filter(({ smaller, larger }) => swept.has(smaller) || swept.has(larger))
  }

  /** Places of the combination's values on the axes; the array is used again by the next call. */
  digitsOf(index: number): Int32Array {
    const { axes, digits, strata, spec } = this
    let rest = index
    for (let a = axes.length - 1; a >= 0; a--) {
      const { length } = axes[a].values
      if (spec.design.kind === 'latin') {
        digits[a] = Math.floor((strata[a][index] * length) / spec.design.count)
      } else {
        digits[a] = rest % length
        rest = Math.floor(rest / length)
      }
    }
    return digits
  }

  /** Writes the values of a combination into parameters. */
  setParams(index: number, params: Params): void {
    const digits = this.digitsOf(index)
    for (let a = 0; a < digits.length; a++) params[this.axes[a].param] = this.axes[a].values[digits[a]]
  }

  /** The values of the axes alone. */
  valuesOf(index: number): Params {
    const params: Params = {}
    this.setParams(index, params)
    return params
  }

  paramsOf(index: number): Params {
    return { ...this.base, ...this.valuesOf(index) }
  }

  /** Whether the parameters keep to the rules between them that the axes touch. */
  isPossible(params: Params): boolean {
    for (const ordering of this.orderings) if (breaks(this.info, params, ordering)) return false
    return true
  }
}

function checkAxes(info: SystemInfo, axes: Axis[]): void {
  if (axes.length === 0) throw new RangeError('Choose at least one parameter to sweep.')
  const seen = new Set<string>()
  for (const { param, values } of axes) {
    const spec = Object.hasOwn(info.params, param) ? info.params[param] : undefined
    if (spec === undefined) throw new RangeError(`${info.name} has no parameter “${param}”.`)
    if (seen.has(param)) throw new RangeError(`“${spec.label}” is swept twice. Remove one of the two.`)
    seen.add(param)
    if (values.length === 0) throw new RangeError(`“${spec.label}” has no values to try.`)
    for (const value of values) {
      const fits =
        spec.kind === 'number'
          ? typeof value === 'number' && value >= spec.min && value <= spec.max
          : spec.kind === 'boolean'
            ? typeof value === 'boolean'
            : spec.options.some((option) => option.value === value)
      if (fits) continue
      const wanted =
        spec.kind === 'number' ? `a number from ${spec.min} to ${spec.max}` : 'one of its choices'
      throw new RangeError(`“${spec.label}” cannot be ${String(value)}: it must be ${wanted}.`)
    }
  }
}
