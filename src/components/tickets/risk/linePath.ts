/** A line over equally wide days in a box of 1,000 × 100, largest value at the top; nothing below nought. */
export function linePath(values: ArrayLike<number>, most: number): string {
  const last = Math.max(1, values.length - 1)
  let path = ''
  for (let i = 0; i < values.length; i++) {
    const x = ((1000 * i) / last).toFixed(1)
    const y = (100 - (100 * Math.max(0, values[i] || 0)) / most).toFixed(1)
    path += `${i === 0 ? 'M' : 'L'}${x} ${y}`
  }
  return path
}
