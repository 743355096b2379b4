import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/tools/chromium.mjs'

/** Another port runs another build beside the usual one. */
const port = process.env.PORT ?? '4173'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  fullyParallel: false,
  // A test waits for its page more than it computes; files run beside each other, tests of one in their order.
  workers: 2,
  // One of three whole runs saw a click wait for a button that was on screen; a second failure counts.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/browser.json' }],
  ],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1360, height: 900 },
    // Keeping the site fetches all of it: a spec of its own looks at that.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: [
        '--no-sandbox',
        '--enable-unsafe-webgpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `npx --no-install vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: !process.env.CI,
    stdout: 'ignore',
  },
})
