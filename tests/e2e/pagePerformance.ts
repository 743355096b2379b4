import type { Page } from '@playwright/test'

export interface Watched {
  /** Milliseconds until the largest text or picture stood there. */
  readable: number
  /** Sum of all layout shifts that no input explains. */
  shift: number
  /** Milliseconds from the slowest input to the next paint. */
  slowest: number
}

/** Runs in the page, before anything else. */
export function watchPerformance(): void {
  const watched: Watched = { readable: NaN, shift: 0, slowest: 0 }
  Object.assign(globalThis, { watched })
  const watch = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    })
  watch('largest-contentful-paint', (entry) => (watched.readable = entry.startTime))
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) watched.shift += value
  })
  watch(
    'event',
    (entry) => {
      const { interactionId } = entry as PerformanceEntry & { interactionId: number }
      if (interactionId > 0) watched.slowest = Math.max(watched.slowest, entry.duration)
    },
    { durationThreshold: 16 },
  )
}

/** What the page has seen so far, once what was painted has been told. */
export function measured(page: Page): Promise<Watched> {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))
    return (globalThis as unknown as { watched: Watched }).watched
  })
}
