import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Page } from 'playwright'
import { createServer } from 'vite'

const port = 4178
const legs = '100,000 legs'

/**
 * The longest frame while a hand uses the map of 100,000 legs: longer ones are seen as a jerk. In software, because
 * not everybody has a GPU.
 */
export async function benchMap(executablePath: string, print: (line: string) => void): Promise<void> {
  // As it is built: what helps to develop costs time in every frame.
  process.env.NODE_ENV = 'production'
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ compilerOptions: { dev: false } })],
    server: { port, strictPort: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`))
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.addInitScript(watchFrames)
    await page.goto(`http://localhost:${port}/tests/bench/map.html`)
    const map = page.getByTestId('flight-map')
    await map.waitFor({ timeout: 120_000 })
    await resting(page)
    const figure = (what: string, { longest }: Frames) =>
      print(
        JSON.stringify({
          name: `map: longest frame, ${what}, ${legs}`,
          value: longest,
          unit: 'ms',
          target: 100,
        }),
      )
    const box = (await map.boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]

    figure(
      'drag',
      await during(page, async () => {
        await page.mouse.move(x, y)
        await page.mouse.down()
        for (let i = 1; i <= 60; i++) await page.mouse.move(x + 5 * (i % 30), y + 2 * i)
        await page.mouse.up()
      }),
    )
    figure(
      'zoom by wheel',
      await during(page, async () => {
        for (let i = 0; i < 30; i++) await page.mouse.wheel(0, i < 15 ? -120 : 120)
      }),
    )
    figure(
      'pointing',
      await during(page, async () => {
        for (let i = 1; i <= 80; i++) await page.mouse.move(box.x + 10 + 11 * i, y + 100 * Math.sin(i))
      }),
    )
    figure('density', await during(page, () => page.getByText('Density', { exact: true }).click()))
    figure(
      'routes again',
      await during(page, () => page.getByText('Routes', { exact: true }).first().click()),
    )
    await page.getByLabel('Weeks shown').selectOption('13')
    await page.getByRole('button', { name: 'Play' }).click()
    figure('playing', await during(page, () => page.waitForTimeout(5_000)))
  } finally {
    await browser.close()
    await server.close()
  }
}

interface Frames {
  longest: number
}

/** Notes in the page how long each frame lets the next one wait. */
function watchFrames(): void {
  let last = 0
  const watch = { longest: 0 }
  Object.assign(globalThis, { frames: watch })
  const frame = (now: number) => {
    if (last > 0) watch.longest = Math.max(watch.longest, now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

async function during(page: Page, task: () => Promise<void>): Promise<Frames> {
  const frames = () => page.evaluate(() => (globalThis as unknown as { frames: Frames }).frames)
  await page.evaluate(() => ((globalThis as unknown as { frames: Frames }).frames.longest = 0))
  await task()
  await resting(page)
  const { longest } = await frames()
  return { longest: Math.round(longest) }
}

/** Until no picture has been finished for a while. */
async function resting(page: Page): Promise<void> {
  const map = page.getByTestId('flight-map')
  for (let before = ''; ;) {
    const now = (await map.getAttribute('data-drawn')) ?? ''
    if (now === before && now !== '0') return
    before = now
    await page.waitForTimeout(600)
  }
}
