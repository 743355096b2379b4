import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, hasShared, optionsReport, realPrices, test } from './page.ts'
import { figure, metric, seeReport, upload } from './upload.ts'

const symbols = ['AAPL', 'MSFT', 'NVDA', 'TSLA', 'SPY', 'VOO', 'QQQ']
const files = symbols.map((symbol) => realPrices('benchmark', `${symbol}.csv`))

test.skip(!hasShared, 'needs the real prices beside the repository')

test('seven real symbols, 2015 to 2024, go in by the page and come out as a tear sheet', async ({ page }) => {
  await page.goto(optionsReport)
  await upload(page, files)
  await expect(page.locator('#result-heading')).toHaveText('17,339 rows imported from 7 files')
  await seeReport(page)

  await expect(page.locator('main header p').first()).toHaveText(
    '6 symbols, 2 Jan 2015 – 4 Nov 2024, against QQQ',
  )
  await expect(page.getByText('Simulated data')).toHaveCount(0)

  // The benchmark's figures, computed here from the file alone.
  const closes = closesOf(realPrices('benchmark', 'QQQ.csv'))
  const split = Number(
    await page.getByLabel('Out of sample from').evaluate((input: HTMLInputElement) => input.valueAsNumber),
  )
  const first = closes.findIndex(({ time }) => time >= split)
  const part = closes.slice(first - 1).map(({ close }) => close)
  const growth = part.at(-1)! / part[0]
  expect(figure((await metric(page, 'totalReturn')).benchmark)).toBeCloseTo(100 * (growth - 1), 0)
  let peak = 0
  let deepest = 0
  for (const close of part) {
    peak = Math.max(peak, close)
    deepest = Math.min(deepest, close / peak - 1)
  }
  expect(figure((await metric(page, 'maxDrawdown')).benchmark)).toBeCloseTo(100 * deepest, 0)

  expect(figure((await metric(page, 'trades')).strategy)).toBeGreaterThan(20)
  await expect(page.getByText(/survivorship/i).first()).toBeVisible()
  await expect(page.getByTestId('verdict')).not.toContainText('…', { timeout: 60_000 })
})

function closesOf(file: string): { time: number; close: number }[] {
  const { data } = Papa.parse<{ Date: string; Close: string }>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  })
  return data.map((row) => ({ time: Date.parse(row.Date.slice(0, 10)), close: Number(row.Close) }))
}
