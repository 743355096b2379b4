/** Systems and versions by which PyPI splits its downloads; `without_mirrors` is all of them. */
const systems = new Set(['darwin', 'linux', 'windows', 'other', 'null', 'without_mirrors'])
const version = /^\d+(\.\d+)?$/

/** Whether a metric is a part of the downloads of a package rather than a figure of its own. */
export function isPartOfDownloads(metric: string): boolean {
  return systems.has(metric) || version.test(metric)
}

/** Whether a day without a row is a day without the thing: releases are listed when they come. */
export function isListedWhenItComes(metric: string): boolean {
  return metric === 'release' || metric === 'releases'
}

/** Days that one figure sums up, told by the middle distance between figures: 1, 7, 30, or that distance. */
export function spanOf(middleDistance: number): number {
  if (middleDistance <= 3) return 1
  if (middleDistance >= 6 && middleDistance <= 8) return 7
  if (middleDistance >= 27 && middleDistance <= 32) return 30
  return middleDistance
}
