import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { faultsOf } from './faults.ts'
import { expect, settled, test } from './page.ts'
import { saved } from './upload.ts'

test('a run in vertical spreads: its profit taken apart, its legs, its desk, and the same signals otherwise', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const state = defaultState()
  const params = { ...state.params, options: { ...state.params.options, expression: 'vertical' } }
  const from = Date.UTC(2023, 0, 1) / 86_400_000
  await page.goto(`./${encodeLink({ ...state, params, from })}`)
  const sum = page.getByTestId('parts-sum')
  await expect(sum).toContainText(/to\s+the\s+cent/, { timeout: 60_000 })
  await settled(page)
  await sum.scrollIntoViewIfNeeded()
  await expect(page.getByRole('region', { name: 'Where the prices came from' })).toContainText('Fills')
  await expect(page.getByRole('group', { name: /^Delta, gamma, vega/ })).toBeVisible()

  // A trade says its legs, and opens on the chart of its share with the strikes.
  const trades = page.getByTestId('trades')
  await trades.scrollIntoViewIfNeeded()
  await expect(trades.getByRole('columnheader', { name: 'Structure' })).toBeVisible()
  await trades
    .getByRole('button', { name: /show on the chart/ })
    .first()
    .click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText(/^\d+ × [\d.]+ (call|put) − [\d.]+ (call|put), /)).toBeVisible()
  await expect(drawer.getByRole('group', { name: /with entry, exit and strikes$/ })).toBeVisible()
  expect(
    await faultsOf(
      page,
      'dialog[open]',
      'section:has([data-testid=parts-sum])',
      'section[aria-label="Greeks of the book"]',
    ),
    'report',
  ).toEqual([])
  await page.keyboard.press('Escape')
  const exported = await saved(page, () => page.getByRole('button', { name: 'Trades CSV' }).click())
  expect(exported.bytes.toString()).toMatch(/,structure,legs,contracts,.*\r\n.*,vertical,/)

  // The desk opens on the last day with structures, and the arrow keys leave it.
  await page.getByRole('tab', { name: 'Desk' }).click()
  const structures = page.getByTestId('structures')
  await expect(structures.getByRole('rowheader').first()).toContainText('Vertical spread', {
    timeout: 20_000,
  })
  await expect(page.getByTestId('shocks').getByRole('row').nth(1)).toContainText(/[+−]\d/)
  const day = page.getByRole('slider', { name: 'Day of the run' })
  const last = await day.getAttribute('aria-valuetext')
  await day.press('ArrowLeft')
  await expect(day).not.toHaveAttribute('aria-valuetext', last!)
  const figures = page.getByTestId('structure-figures')
  await expect(figures).toContainText('Break-even')
  await page.getByRole('button', { name: 'Iron condor' }).click()
  await expect(page.getByTestId('legs').getByRole('row')).toHaveCount(5)
  await expect(figures).toContainText(/Break-evens\s*[\d.]+, [\d.]+/)
  await page.getByRole('button', { name: 'Remove' }).first().focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('legs').getByRole('row')).toHaveCount(2)
  expect(await faultsOf(page, '#options-panel'), 'desk').toEqual([])

  // Every structure is a trial; what was run can be traded.
  await page.getByRole('tab', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Run all 6' }).click()
  await expect(page.getByTestId('compared')).toContainText('6 of 6', { timeout: 30_000 })
  const table = page.getByTestId('structures-compared')
  await expect(table.getByRole('row', { name: /^Vertical spread/ })).toContainText('in use')
  await table.getByRole('button', { name: 'Use covered call' }).click()
  await expect(table.getByRole('row', { name: /^Covered call/ })).toContainText('in use')
  expect(await faultsOf(page, '#options-panel'), 'compare').toEqual([])
})
