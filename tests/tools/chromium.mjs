// Finds a Chromium for the browser tests: a system one, Playwright's own, or installs one of the two.
import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const system = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of a browser that is there, or null. */
export function findChromium() {
  const own = chromium.executablePath()
  return [...system, own].find((path) => path && existsSync(path)) ?? null
}

/** Path of a browser, installing one when there is none: Playwright's download first, then the system's packages. */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const attempts = [
    'npx playwright install --with-deps chromium',
    'apt-get update && apt-get install -y --no-install-recommends chromium',
    'sudo -n apt-get update && sudo -n apt-get install -y --no-install-recommends chromium',
  ]
  for (const command of attempts) {
    try {
      execSync(command, { stdio: 'inherit', timeout: 5 * 60_000 })
    } catch {
      continue
    }
    const path = findChromium()
    if (path) return path
  }
  throw new Error('No Chromium found and none could be installed: set CHROMIUM_PATH to a Chromium or Chrome.')
}
