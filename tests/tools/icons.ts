// Draws the icons of the installed app from public/icon.svg: `npx tsx tests/tools/icons.ts`.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { findChromium } from './chromium.mjs'

const folder = join(import.meta.dirname, '..', '..', 'public')
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
const paper = '#fbfbf9'

/** `share` of the width is the drawing; a mask may cut away all outside the inner 80 %. */
const icons = [
  { name: 'icon-192', size: 192, share: 0.78, round: 0.2 },
  { name: 'icon-512', size: 512, share: 0.78, round: 0.2 },
  { name: 'maskable-512', size: 512, share: 0.68, round: 0 },
  { name: 'apple-touch-icon', size: 180, share: 0.68, round: 0 },
]

const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ colorScheme: 'light' })
mkdirSync(join(folder, 'icons'), { recursive: true })
for (const { name, size, share, round } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>
      body { margin: 0 }
      div { display: grid; place-items: center; height: 100vh; background: ${paper} }
      div { border-radius: ${round * size}px }
      svg { width: ${share * size}px }
    </style><div>${svg}</div>`,
  )
  await page.screenshot({ path: join(folder, 'icons', `${name}.png`), omitBackground: true })
}
await browser.close()
