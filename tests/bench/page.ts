import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { chromium, type Page } from 'playwright'
import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { bigImport } from './bigImport.ts'
import { leaking } from './leak.ts'
import { writeMillionRows } from './millionRows.ts'

const url = 'http://localhost:4175/'

/** What a person waits for, on the built site with its production headers and a cold cache. */
export async function benchPage(executablePath: string, print: (line: string) => void): Promise<void> {
  const server = spawn('npx', ['--no-install', 'vite', 'preview', '--port', '4175', '--strictPort'], {
    stdio: 'ignore',
    detached: true,
  })
  try {
    await reachable()
    const figure = (name: string, value: number, unit: string, target: number) =>
      print(JSON.stringify({ name, value: Math.round(value * 10) / 10, unit, target }))
    const cold: Landing[] = []
    for (let run = 0; run < 3; run++) cold.push(await inFreshBrowser(executablePath, landing))
    figure('landing: sample report drawn', median(cold.map(({ drawn }) => drawn)), 'ms', 1_500)
    figure('landing: longest task', median(cold.map(({ longestTask }) => longestTask)), 'ms', 200)
    figure(
      'landing: from a click on a sample to its report, reproduced',
      median(cold.map(({ ready }) => ready)),
      'ms',
      5_000,
    )
    const drag = await inFreshBrowser(executablePath, dragging)
    figure('page: redraw after the last move of a slider', drag.redraw, 'ms', 100)
    figure('page: report in the worker', drag.worker, 'ms', 60)
    figure(
      'page: redraw of the wall of tickets after a move of a threshold',
      await inFreshBrowser(executablePath, movingThreshold),
      'ms',
      100,
    )
    figure(
      'page: import of 1 million price rows',
      await inFreshBrowser(executablePath, importing),
      'ms',
      3_000,
    )
    const learning = await inFreshBrowser(executablePath, training)
    const grown = await inFreshBrowser(executablePath, (page) => leaking(page, url))
    figure(
      'page: memory after five more rounds through all views and systems',
      100 * grown,
      '% of before',
      110,
    )
    figure('page: longest task while a model trains', learning.longestTaskMs, 'ms', 50)
    figure('page: frames a second while a model trains', learning.framesPerSecond, '1/s', 55)
    const big = await inFreshBrowser(executablePath, (page) => bigImport(page, report))
    const flights = '5 million flights (360 MB)'
    figure(`page: import of ${flights}`, big.seconds, 's', 25)
    figure(`page: peak memory of the renderer, ${flights}`, big.peakMegabytes, 'MB', 1_500)
    figure(`page: longest task while importing ${flights}`, big.longestTaskMs, 'ms', 200)
    figure(`page: cancel of that import`, big.cancelMs, 'ms', 1_000)
    figure(`page: first rows of ${flights}`, big.firstPageMs, 'ms', 150)
    figure(`page: first rows of ${flights}, sorted`, big.sortedPageMs, 'ms', 800)
  } finally {
    if (server.pid) process.kill(-server.pid)
  }
}

async function reachable(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      if ((await fetch(url)).ok) return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error('The preview server did not come up: run npm run build first.')
}

async function inFreshBrowser<T>(executablePath: string, task: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
    // The compiler that runs this file names functions by a helper, which the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named')
    return await task(page)
  } finally {
    await browser.close()
  }
}

/** Where the report of untouched settings is. */
const report = url + encodeLink(defaultState())

const ready = (page: Page) => page.waitForSelector('[data-phase="ready"]', { timeout: 60_000 })

/** Milliseconds. */
interface Landing {
  drawn: number
  /** Until the page has come alive. */
  longestTask: number
  ready: number
}

async function landing(page: Page): Promise<Landing> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { longestTask: 0 })
    new PerformanceObserver((list) => {
      const seen = globalThis as unknown as { longestTask: number }
      for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration)
    }).observe({ type: 'longtask', buffered: true })
  })
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForSelector('[data-testid="sample"]')
  const drawn = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
  )
  await page.mouse.move(600, 400)
  await page.waitForTimeout(1_000)
  const longestTask = await page.evaluate(
    () => (globalThis as unknown as { longestTask: number }).longestTask,
  )
  const clicked = await page.evaluate(() => performance.now())
  await page.locator('[data-testid="sample"][data-system="options"] a', { hasText: 'Open' }).click()
  await page.waitForSelector('[data-testid="confirmation"]:has-text("Reproduced")', { timeout: 60_000 })
  return { drawn, longestTask, ready: (await page.evaluate(() => performance.now())) - clicked }
}

/** Moves the threshold above the wall a few times; from each move until the new marks are painted, the median. */
async function movingThreshold(page: Page): Promise<number> {
  await page.goto(report)
  await ready(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Tickets' }).click()
  await page.getByRole('tab', { name: 'Wall' }).click()
  await page.waitForSelector('[role="gridcell"][aria-label*="unusual"]')
  await page.waitForTimeout(1_500)
  return page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('input[type="range"]')!
    const sum = document.querySelector<HTMLElement>('[data-testid="wall"] [role="status"]')!
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const span = Number(slider.max) - Number(slider.min)
    const times: number[] = []
    for (let move = 0; move < 11; move++) {
      const before = sum.textContent
      slider.value = String(Number(slider.min) + span * (0.2 + 0.06 * ((move * 5) % 11)))
      const moved = performance.now()
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      while (sum.textContent === before && performance.now() - moved < 3_000) await frame()
      await frame()
      times.push(performance.now() - moved)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return times.sort((a, b) => a - b)[5]
  })
}

/** Moves the first slider twenty times, as a hand does, then times the last move until its result is painted. */
async function dragging(page: Page): Promise<{ redraw: number; worker: number }> {
  await page.goto(report)
  await ready(page)
  await page.waitForTimeout(1_500)
  return page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('aside input[type="range"]')!
    const badge = document.querySelector<HTMLElement>('[data-testid="confirmation"]')!
    const report = document.querySelector<HTMLElement>('[data-stale]')!
    const times: number[] = []
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const settled = async () => {
      while (report.dataset.stale === 'true') await frame()
      await frame()
    }
    const middle = (Number(slider.min) + Number(slider.max)) / 2
    const step = Number(slider.step) || 1
    for (let gesture = 0; gesture < 7; gesture++) {
      for (let move = 0; move < 20; move++) {
        slider.value = String(middle + step * ((move + gesture) % 9))
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        await frame()
      }
      const before = badge.dataset.hash
      slider.value = String(middle - step * (gesture + 1))
      const moved = performance.now()
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      while (badge.dataset.hash === before && performance.now() - moved < 5_000) await frame()
      await settled()
      times.push(performance.now() - moved)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    times.sort((a, b) => a - b)
    return { redraw: times[3], worker: Number(report.dataset.workerMs) }
  })
}

async function importing(page: Page): Promise<number> {
  await page.goto(report)
  await ready(page)
  const file = await writeMillionRows()
  try {
    await page.getByRole('link', { name: /^Data/ }).first().click()
    await page.locator('input[type="file"]').first().setInputFiles(file)
    const start = page.getByRole('button', { name: /^Import/ })
    await start.waitFor()
    await start.click()
    const took = page.locator('[data-import-ms]')
    await took.waitFor({ timeout: 60_000 })
    return Number(await took.getAttribute('data-import-ms'))
  } finally {
    rmSync(file)
  }
}

/** Ten seconds of a training in the Playground, seen from the main thread: curves, board and table move. */
async function training(page: Page): Promise<{ longestTaskMs: number; framesPerSecond: number }> {
  await page.goto(report)
  await ready(page)
  await page.getByRole('link', { name: 'Playground' }).click()
  await page.locator('[data-testid="backend-why"] b').waitFor({ timeout: 60_000 })
  await page.getByText('Advanced').click()
  for (const [label, value] of [
    ['Width', '16'],
    ['Validate every, steps', '25'],
  ]) {
    await page.getByLabel(label, { exact: true }).fill(value)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('[data-testid="board"]').waitFor({ timeout: 60_000 })
  return page.evaluate(async () => {
    let longestTaskMs = 0
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration)
    })
    observer.observe({ type: 'longtask' })
    const start = performance.now()
    let frames = 0
    while (performance.now() - start < 10_000) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      frames++
    }
    observer.disconnect()
    return { longestTaskMs, framesPerSecond: (1_000 * frames) / (performance.now() - start) }
  })
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
