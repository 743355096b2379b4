/** Prints figures of the bench, one JSON line each. */
export function print(name: string, value: number, unit: string, target?: number): void {
  const figure = { name, value: Number(value.toPrecision(4)), unit }
  console.log(JSON.stringify(target === undefined ? figure : { ...figure, target }))
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** How milliseconds grow with a size: the slope of their logarithms by least squares, and the table it is of. */
export function exponentOf(name: string, measured: readonly (readonly [size: number, ms: number])[]): void {
  const x = measured.map(([size]) => Math.log(size))
  const y = measured.map(([, ms]) => Math.log(ms))
  const centre = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [centre(x), centre(y)]
  const slope =
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) /
    x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
  const table = Object.fromEntries(measured.map(([size, ms]) => [size, Number(ms.toPrecision(4))]))
  console.log(JSON.stringify({ name, value: Number(slope.toPrecision(3)), unit: 'exponent', ms: table }))
}
