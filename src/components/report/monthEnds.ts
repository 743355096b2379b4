/** Index of the last day of every month in ascending epoch days, the newest first. */
export function monthEnds(dates: Int32Array): number[] {
  const found: number[] = []
  const month = (i: number): string => new Date(dates[i] * 86_400_000).toISOString().slice(0, 7)
  for (let i = dates.length - 1; i >= 0; i--)
    if (i === dates.length - 1 || month(i) !== month(i + 1)) found.push(i)
  return found
}
