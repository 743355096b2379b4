import type { Locator, Page } from '@playwright/test'
import { guardIds } from '../../workers/backtest/api.ts'
import { expect, optionsReport, settled, test } from './page.ts'

const card = (page: Page) => page.getByTestId('guards')
const row = (page: Page, id: string) => card(page).locator(`[data-guard="${id}"]`)

/** Waits for all guards; on a busy machine some of them wait to be asked for. */
async function measured(page: Page): Promise<void> {
  const offered = card(page).getByRole('button', { name: /^Measure / })
  await expect
    .poll(
      async () => {
        if ((await offered.count()) > 0) await offered.first().click()
        return card(page).locator('[data-state]').count()
      },
      { timeout: 60_000 },
    )
    .toBe(guardIds.length)
  await expect(card(page)).toHaveAttribute('aria-busy', 'false')
}

/** Top of every row, in pixels from the top of the card. */
const places = (of: Locator) =>
  of.evaluate((element) => {
    const top = element.getBoundingClientRect().top
    return [...element.querySelectorAll('li')].map((one) => Math.round(one.getBoundingClientRect().top - top))
  })

const figures = (page: Page) => card(page).locator('.figure').allTextContents()

for (const width of [1360, 375]) {
  test(`${width} pixels wide, guards come in without moving anything`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(optionsReport)
    await page.evaluate(() => document.fonts.ready)
    await card(page).scrollIntoViewIfNeeded()
    const before = await places(card(page))
    expect(before).toHaveLength(guardIds.length)
    await settled(page)
    await measured(page)
    expect(await places(card(page))).toEqual(before)
  })
}

test('every guard answers with a word, and on demand with formula, source and figures', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  await measured(page)
  const words = await card(page).locator('.badge').allTextContents()
  expect(words).toHaveLength(guardIds.length)
  for (const word of words) expect(['passes', 'doubt', 'unknown']).toContain(word)

  await test.step('what was drawn at random is shown beside what was measured', async () => {
    const entries = row(page, 'randomEntries')
    await expect(entries.getByRole('img')).toHaveAccessibleName(/among 200 reruns from/)
    await entries.getByRole('button', { name: 'Details: Random entries' }).click()
    await expect(entries).toContainText('(1 + #{alpha* ≥ alpha}) ÷ (200 + 1)')
    await expect(entries).toContainText('Aronson (2006)')
    await expect(entries.getByRole('row', { name: /Median of the reruns/ })).toBeVisible()
  })

  await test.step('the fan of drawdowns is a picture and a table', async () => {
    const fan = row(page, 'drawdownFan')
    await fan.getByRole('button', { name: 'Details: Drawdown by luck' }).click()
    await expect(fan.locator('canvas')).toBeVisible()
    await fan.getByRole('button', { name: 'Table' }).click()
    await expect(fan.getByRole('columnheader', { name: 'Median' })).toBeVisible()
  })

  await test.step('the same settings give the same figures, others give others', async () => {
    const first = await figures(page)
    const form = page.locator('aside').getByRole('form', { name: 'Parameters' })
    await form.getByRole('textbox', { name: 'Stop loss' }).fill('4')
    await settled(page)
    await measured(page)
    const others = await figures(page)
    expect(others.filter((text, i) => text !== first[i]).length).toBeGreaterThan(5)
    await page.goBack()
    await settled(page)
    await measured(page)
    const again = await figures(page)
    // What is about everything tried knows of one more try.
    for (const id of [
      'delay',
      'leaveSymbolOut',
      'parameterJitter',
      'randomEntries',
      'shiftedSignals',
    ] as const) {
      expect(again[guardIds.indexOf(id)]).toBe(first[guardIds.indexOf(id)])
    }
  })
})

test('“Why?” begins with the doubts and says what every verdict rests on', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  const form = page.locator('aside').getByRole('form', { name: 'Parameters' })
  await form.getByRole('textbox', { name: 'Slippage' }).fill('150')
  await settled(page)
  const verdict = page.getByTestId('verdict')
  await expect(verdict.locator('.stale')).toHaveCount(0)
  await verdict.getByRole('button', { name: 'Why?' }).click()
  const evidence = verdict.locator('.evidence')
  await expect(evidence.locator('> :first-child')).toHaveAccessibleName('Doubts')
  await expect(evidence.getByRole('list', { name: 'Doubts' })).toContainText(/costs/i)
  const ladder = evidence.locator('ol li b')
  await expect(ladder).toHaveText([
    'Not assessable',
    'Too little data',
    'Consistent with luck',
    'Hard to explain by luck',
    'Fragile',
  ])
  await expect(evidence.locator('[aria-current] b')).toHaveText(
    await verdict.getByRole('heading', { level: 2 }).innerText(),
  )
})

test('where a rerun takes long, guards that need many wait to be asked for', async ({ page }) => {
  // The clock of the page runs fifty times as fast, so that every rerun seems to take long.
  await page.addInitScript(() => {
    const now = performance.now.bind(performance)
    performance.now = () => 50 * now()
  })
  await page.goto(optionsReport)
  await settled(page)
  await expect(card(page).getByRole('button', { name: /^Measure / })).toHaveCount(4)
  await expect(card(page).locator('[data-state]')).toHaveCount(guardIds.length - 4)
  const shifted = row(page, 'shiftedSignals')
  await shifted.getByRole('button', { name: 'Measure Shifted signals' }).click()
  await expect(shifted).toHaveAttribute('data-state', /passes|doubt/)
  await expect(card(page).getByRole('button', { name: /^Measure / })).toHaveCount(3)
})

test('the check against look-ahead says how far it is, and stops when told to', async ({ page }) => {
  // What is shown after a second is shown at once.
  await page.addInitScript(() => {
    const later = window.setTimeout.bind(window)
    window.setTimeout = ((run: () => void, after = 0) =>
      later(run, after === 1000 ? 0 : after)) as typeof setTimeout
  })
  await page.goto(optionsReport)
  await settled(page)
  const check = page.getByRole('region', { name: 'Check against look-ahead' })
  await check.getByRole('button', { name: 'Check', exact: true }).click()
  await check.getByRole('button', { name: 'Cancel' }).click()
  await expect(check.getByRole('status')).toHaveText(
    /^\s*Stopped after \d+ of 50 days, of which none failed\.\s*$/,
  )
  await expect(check.getByRole('button', { name: 'Check again' })).toBeEnabled()
})
