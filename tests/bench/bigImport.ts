import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright'
import { flightCsv } from './flightCsv.ts'

const rows = 5_000_000

export interface BigImport {
  seconds: number
  /** Of the process that draws the page and runs its workers, at its highest. */
  peakMegabytes: number
  /** Of the page's own thread. */
  longestTaskMs: number
  /** From the click until the earlier state is back. */
  cancelMs: number
  /** From choosing the table, or its order, until the rows are drawn. */
  firstPageMs: number
  sortedPageMs: number
}

/** 5 million flights, 400 MB, dropped on a fresh page: first cancelled half-way, then imported to the end. */
export async function bigImport(page: Page, url: string): Promise<BigImport> {
  const file = writeFlights()
  try {
    await page.goto(url)
    await page.waitForSelector('[data-phase="ready"]', { timeout: 60_000 })
    await page.evaluate(() => {
      const tasks: number[] = []
      Object.assign(globalThis, { longTasks: tasks })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration)
      }).observe({ type: 'longtask' })
    })
    await page.getByRole('link', { name: /^Data/ }).first().click()
    await page.locator('input[type="file"]').first().setInputFiles(file)
    const start = page.getByRole('button', { name: /^Import/ })
    await start.click({ timeout: 60_000 })
    const cancel = page.getByRole('button', { name: 'Cancel' })
    await cancel.waitFor()
    await page.waitForTimeout(3_000)
    const clicked = performance.now()
    await cancel.click()
    await start.waitFor({ timeout: 60_000 })
    const cancelMs = performance.now() - clicked

    const memory = watchMemory()
    const began = performance.now()
    await start.click()
    await page
      .getByText(/5,000,000/)
      .first()
      .waitFor({ timeout: 300_000 })
    await cancel.waitFor({ state: 'detached', timeout: 300_000 })
    const seconds = (performance.now() - began) / 1000
    const peakMegabytes = memory.stop()
    const longestTaskMs = await page.evaluate(() =>
      Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
    )
    return { seconds, peakMegabytes, longestTaskMs, cancelMs, ...(await tablePages(page)) }
  } finally {
    rmSync(dirname(file), { recursive: true })
  }
}

/** The rows of the table in the browser of tables: as they lie, then by landing. */
async function tablePages(page: Page): Promise<{ firstPageMs: number; sortedPageMs: number }> {
  await page.getByRole('link', { name: /^Tables/ }).click()
  await page.getByText(/^Rows 1–/).waitFor()
  const firstPageMs = await timed(page, async () => {
    await page.getByLabel('Table', { exact: true }).selectOption('flights')
    await page.getByText(/^Rows 1–\d+ of 5,000,000$/).waitFor()
  })
  const first = page.locator('[role="row"][aria-rowindex="2"]')
  await timed(page, () => page.getByRole('button', { name: 'arrived_at' }).click())
  const unsorted = (await first.textContent()) ?? ''
  // A second click turns the order round, which brings other rows to the top.
  const sortedPageMs = await timed(page, async () => {
    await page.getByRole('button', { name: 'arrived_at' }).click()
    await first.filter({ hasNotText: unsorted }).waitFor()
  })
  return { firstPageMs, sortedPageMs }
}

/** Until the first row is no longer awaited. */
async function timed(page: Page, action: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await action()
  await page.locator('[role="row"][aria-rowindex="2"][aria-busy="false"]').waitFor({ timeout: 60_000 })
  return performance.now() - began
}

function writeFlights(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'contrail-')), 'flights.csv')
  const file = openSync(path, 'w')
  for (const part of flightCsv(rows)) writeSync(file, part)
  closeSync(file)
  return path
}

/** Samples the resident memory of the largest renderer; 0 where the system has no /proc. */
function watchMemory(): { stop(): number } {
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, ...rendererKilobytes())), 100)
  return {
    stop() {
      clearInterval(timer)
      return peak / 1024
    },
  }
}

function rendererKilobytes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return []
          return [Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)]
        } catch {
          return []
        }
      })
  } catch {
    return []
  }
}
