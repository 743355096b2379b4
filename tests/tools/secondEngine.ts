/**
 * The same links in two engines, Chromium and Firefox: `npx tsx tests/tools/secondEngine.ts [address of the site]`.
 * Prints the hash of every result, and fails where they differ. Firefox is driven over WebDriver BiDi; FIREFOX_PATH
 * names one that is not where it usually is. The site must be served, as by `npm start`.
 */
import { existsSync } from 'node:fs'
import puppeteer, { type Browser } from 'puppeteer-core'
import { defaultState, type AppState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { defaultParams, systemInfos, type SystemId } from '../../workers/systems/api.ts'
import { findChromium } from './chromium.mjs'

const site = process.argv[2] ?? 'http://localhost:4173/'
const firefox = [
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox',
  '/usr/bin/firefox-esr',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
].find((path) => path && existsSync(path))
const chromium = findChromium()
if (!firefox || !chromium) {
  console.log(`Nothing compared: no ${firefox ? 'Chromium' : 'Firefox'} was found.`)
  process.exit(0)
}

const untouched = defaultState()
const original = (system: SystemId): AppState => {
  const info = systemInfos.find(({ id }) => id === system)!
  return {
    ...untouched,
    view: system,
    seed: 7,
    params: { ...untouched.params, [system]: defaultParams(info, 'original') },
  }
}
const links: [name: string, state: AppState][] = [
  ['Jet', { ...untouched, view: 'jet' }],
  ['Tickets', { ...untouched, view: 'tickets' }],
  ['Options', { ...untouched, view: 'options' }],
  ['Tickets, original settings, seed 7', original('tickets')],
]

/** The hash of the result that a link opens, once the tab has computed it. */
async function hashIn(browser: Browser, state: AppState): Promise<string> {
  const page = await browser.newPage()
  try {
    await page.goto(site + encodeLink(state))
    const computed = await page.waitForFunction(
      () => {
        const at = document.querySelector<HTMLElement>('[data-testid=confirmation]')
        const ready = document.querySelector('[data-phase=ready]') !== null
        const stale = document.querySelector('[data-stale=true]') !== null
        const pending = at?.textContent?.includes('Computed at build') ?? true
        return ready && !stale && !pending ? at?.dataset.hash : undefined
      },
      { timeout: 180_000, polling: 250 },
    )
    return String(await computed.jsonValue())
  } finally {
    await page.close()
  }
}

const browsers = [
  await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] }),
  await puppeteer.launch({ browser: 'firefox', executablePath: firefox }),
]
let differ = 0
try {
  for (const browser of browsers) console.log(await browser.version())
  for (const [name, state] of links) {
    const hashes: (string | null)[] = []
    for (const browser of browsers) hashes.push(await hashIn(browser, state))
    const same = hashes.every((hash) => hash === hashes[0])
    if (!same) differ += 1
    console.log(`${name}: ${[...new Set(hashes)].join(' ≠ ')}${same ? ', identical' : ''}`)
  }
} finally {
  for (const browser of browsers) await browser.close()
}
process.exit(differ === 0 ? 0 : 1)
