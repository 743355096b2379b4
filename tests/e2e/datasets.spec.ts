import { build, type Rolldown } from 'vite'
import { expect, test } from '@playwright/test'

interface Manifest {
  seed: number
  strength: number
  files: { name: string; sha256: string; text?: { sha256: string } }[]
}

/** The generator as one script that leaves `simulated` behind. */
async function generatorScript(): Promise<string> {
  const [{ output }] = (await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      lib: { entry: 'tests/e2e/generator.ts', formats: ['iife'], name: 'simulated' },
    },
  })) as Rolldown.RolldownOutput[]
  return output[0].code
}

test('a browser generates every simulated table with the bytes that were made in Node', async ({ page }) => {
  await page.goto('./datasets/simulated/manifest.json')
  const manifest = (await (await page.request.get('./datasets/simulated/manifest.json')).json()) as Manifest
  const { seed, strength, files } = manifest
  const ofNode = files
    .filter(({ name }) => name.includes('.csv'))
    .map(({ name, sha256, text }) => [name.replace(/\.gz$/, ''), text?.sha256 ?? sha256])
  const ofBrowser = await page.evaluate(`(async () => {
    ${await generatorScript()}
    const hex = (hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
    return Promise.all(simulated.tablesOf(${JSON.stringify({ seed, strength })}).map(async ({ name, text }) =>
      [name, hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]))
  })()`)
  expect(ofNode).toHaveLength(12)
  expect(ofBrowser).toEqual(ofNode)
})
