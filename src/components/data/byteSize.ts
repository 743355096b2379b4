import { number } from '../../charts/format.ts'

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** 42_300_000 → “42.3 MB”; powers of 1,000, as file managers count. */
export function byteSize(bytes: number): string {
  if (bytes === 1) return '1 byte'
  let scaled = bytes
  let unit = 0
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${number(scaled, { digits: unit > 0 && scaled < 99.95 ? 1 : 0 })} ${units[unit]}`
}
