/**
 * Runs a task at most once at a time; while it runs, at most one further input waits, and only the newest.
 * What a person drags faster than it computes is skipped, never queued.
 */
export function newestWins<T>(
  task: (input: T, newest: () => boolean) => Promise<void>,
): (input: T) => Promise<void> {
  let waiting: { input: T } | null = null
  let running: Promise<void> | null = null

  async function loop(): Promise<void> {
    while (waiting) {
      const { input } = waiting
      waiting = null
      await task(input, () => waiting === null)
    }
  }

  return (input) => {
    waiting = { input }
    running ??= loop().finally(() => {
      running = null
    })
    return running
  }
}
