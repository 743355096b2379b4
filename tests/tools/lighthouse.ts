/**
 * Lighthouse on the landing page, three times on a simulated phone: `npx tsx tests/tools/lighthouse.ts [address]`.
 * Prints the median of every category, and fails where one is below 95. The site must be served with the headers of
 * production, as by `npm start`; nothing else should run meanwhile. Lighthouse is fetched by npm when it is first
 * wanted: with 200 packages of its own it is not among the dependencies.
 */
import { execFileSync } from 'node:child_process'
import { ensureChromium } from './chromium.mjs'

const version = '12.8.2'
const runs = 3
const least = 95

interface Result {
  categories: Record<string, { title: string; score: number }>
  audits: Record<string, { displayValue?: string }>
  environment: { benchmarkIndex: number }
}

const [address = 'http://localhost:4173/'] = process.argv.slice(2)

function measure(): Result {
  const flags = '--chrome-flags=--headless=new --no-sandbox'
  const text = execFileSync(
    'npx',
    ['--yes', `lighthouse@${version}`, address, '--quiet', '--output=json', flags],
    { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, CHROME_PATH: ensureChromium() } },
  )
  return JSON.parse(text) as Result
}

const results: Result[] = []
for (let run = 0; run < runs; run++) {
  const result = measure()
  results.push(result)
  const shown = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ]
  const said = shown.map((audit) => `${audit} ${result.audits[audit].displayValue ?? '?'}`).join(', ')
  console.log(
    `run ${run + 1}: ${said}, speed of the machine ${Math.round(result.environment.benchmarkIndex)}`,
  )
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
let low = 0
for (const [id, { title }] of Object.entries(results[0].categories)) {
  const score = Math.round(100 * median(results.map(({ categories }) => categories[id].score)))
  if (score < least) low += 1
  console.log(`${title}: ${score}`)
}
process.exit(low === 0 ? 0 : 1)
