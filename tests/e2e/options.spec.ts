import type { Page } from '@playwright/test'
import { faultsOf } from './faults.ts'
import { expect, optionsReport, test } from './page.ts'
import { saved } from './upload.ts'

const faults = (page: Page) => faultsOf(page, '#options-panel', 'dialog[open]')

test('a chain of the simulated market is drawn, judged by both definitions, and each contract can be opened', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await page.getByRole('tab', { name: 'Report' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Strikemap' })).toBeFocused()
  const map = page.getByTestId('strikemap')
  await expect(map).toBeVisible({ timeout: 40_000 })
  const counts = page.getByTestId('strikemap-counts')
  await expect(counts).toContainText(/of \d+ tradable contracts (are|is) called/)

  // The other definition calls more, says that it always does, and goes back with the browser.
  const recommended = await counts.innerText()
  await page.getByText('Original', { exact: true }).click()
  await expect(counts).toContainText('about a sixth of a fair chain')
  await page.goBack()
  await expect(counts).toHaveText(recommended)
  const { bytes } = await saved(page, () => page.getByRole('button', { name: 'CSV' }).click())
  expect(bytes.toString()).toMatch(/^symbol,date,expiry,right,strike,bid,ask,/)

  // An earlier day is another chain, and stands in the link.
  const day = page.getByRole('slider', { name: 'Day with quotes' })
  const last = await day.getAttribute('aria-valuetext')
  await day.press('ArrowLeft')
  await expect(day).not.toHaveAttribute('aria-valuetext', last!)
  await expect(counts).not.toHaveText(recommended)

  // The keyboard goes from contract to contract and opens one.
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(map).toHaveAccessibleDescription(/^[\d.,]+ put, .*Volatility/)
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { level: 2 }).first()).toContainText(/ put, /)
  await expect(drawer.getByRole('img', { name: /^Smile of/ })).toBeVisible()
  await expect(drawer.getByText('Chance of profit', { exact: true })).toBeVisible()
  const slider = drawer.getByRole('slider')
  await slider.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', /no days before expiry/)
  expect(await faults(page), 'contract').toEqual([])

  // The link brings the same contract back; closing it keeps the map.
  const title = await drawer.getByRole('heading', { level: 2 }).first().innerText()
  await page.reload()
  await expect(drawer.getByRole('heading', { level: 2 }).first()).toHaveText(title, { timeout: 40_000 })
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(map).toBeVisible()

  await page.getByRole('tab', { name: 'Surface' }).click()
  await expect(page.getByTestId('smiles').getByRole('img').first()).toHaveAccessibleName(
    /quotes, .*% at the money/,
  )
  await expect(page.getByTestId('arbitrage')).toContainText(/No butterfly|Butterfly|Calendar/)
})
