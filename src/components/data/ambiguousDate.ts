export interface Readings {
  cell: string
  dayFirst: string
  monthFirst: string
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * Both readings, in words, of the first cell that differs by them (“03/04/2015” is 3 April or 4 March);
 * null where no cell does.
 */
export function bothReadings(cells: string[]): Readings | null {
  for (const cell of cells) {
    const parts = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})\b/.exec(cell)
    if (!parts) continue
    const [first, second] = [Number(parts[1]), Number(parts[2])]
    if (first === second || first < 1 || second < 1 || first > 12 || second > 12) continue
    const year = parts[3].length === 2 ? fullYear(Number(parts[3])) : Number(parts[3])
    return {
      cell: cell.trim(),
      dayFirst: `${first} ${months[second - 1]} ${year}`,
      monthFirst: `${second} ${months[first - 1]} ${year}`,
    }
  }
  return null
}

/** The POSIX convention: 69–99 are the last century. */
function fullYear(short: number): number {
  return short >= 69 ? 1900 + short : 2000 + short
}
