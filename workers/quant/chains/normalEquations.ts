/**
 * Weighted least squares of a few unknowns, gathered row by row: matrix [n × n] and right side [n] of the normal
 * equations, solved by Cholesky's method.
 */
export class NormalEquations {
  readonly matrix: Float64Array
  readonly right: Float64Array
  private readonly factor: Float64Array

  constructor(readonly n: number) {
    this.matrix = new Float64Array(n * n)
    this.right = new Float64Array(n)
    this.factor = new Float64Array(n * n)
  }

  clear(): void {
    this.matrix.fill(0)
    this.right.fill(0)
  }

  /** @param slopes [n] derivatives of what is fitted */
  add(slopes: Float64Array, residual: number, weight: number): void {
    const { n, matrix, right } = this
    for (let i = 0; i < n; i++) {
      const weighted = weight * slopes[i]
      right[i] += weighted * residual
      for (let j = 0; j <= i; j++) matrix[i * n + j] += weighted * slopes[j]
    }
  }

  /** Pulls unknown i by `residual`. */
  pull(i: number, residual: number, weight: number): void {
    this.matrix[i * this.n + i] += weight
    this.right[i] += weight * residual
  }

  /**
   * Writes the solution.
   * @param damping added to the diagonal, as a share of it (Levenberg and Marquardt)
   * @returns false where the matrix is singular
   */
  solve(into: Float64Array, damping = 0): boolean {
    if (!this.decompose(damping)) return false
    const { n, factor, right } = this
    for (let i = 0; i < n; i++) into[i] = right[i]
    this.forward(into)
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) into[i] -= factor[j * n + i] * into[j]
      into[i] /= factor[i * n + i]
    }
    return true
  }

  /** For `leverage`. */
  decompose(damping = 0): boolean {
    const { n, matrix, factor } = this
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = matrix[i * n + j]
        if (i === j) sum *= 1 + damping
        for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k]
        if (i !== j) factor[i * n + j] = sum / factor[j * n + j]
        else if (sum > 0) factor[i * n + i] = Math.sqrt(sum)
        else return false
      }
    }
    return true
  }

  /** slopesᵀ matrix⁻¹ slopes, after `decompose`; overwrites `slopes`. */
  leverage(slopes: Float64Array): number {
    this.forward(slopes)
    let sum = 0
    for (let i = 0; i < this.n; i++) sum += slopes[i] * slopes[i]
    return sum
  }

  private forward(values: Float64Array): void {
    const { n, factor } = this
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) values[i] -= factor[i * n + j] * values[j]
      values[i] /= factor[i * n + i]
    }
  }
}
