import type { Page } from '@playwright/test'
import Papa from 'papaparse'
import { expect, optionsReport, settled, test } from './page.ts'
import { figure, metric, saved } from './upload.ts'

const hashOf = (page: Page) => page.getByTestId('confirmation').getAttribute('data-hash')

/** One column of the trades that are drawn, from top to bottom. */
const column = (page: Page, nth: number) =>
  page.getByTestId('trades').locator('tbody tr:not(.space)').locator(`td:nth-child(${nth})`).allTextContents()

test('a person looks for the luck in the sample: Why?, parts, scales, trades', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)

  await test.step('“Why?” opens the evidence', async () => {
    const why = page.getByRole('button', { name: 'Why?' })
    await why.click()
    await expect(why).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByTestId('verdict')).toContainText('p-value')
    await expect(page.getByTestId('verdict').getByRole('row', { name: /Sharpe ratio/ })).toContainText(' to ')
    await why.click()
    await expect(page.getByTestId('verdict')).not.toContainText('p-value')
  })

  await test.step('in sample and out of sample are two sets of numbers', async () => {
    const tile = page.getByTestId('headlines').locator('[data-metric="trades"] b')
    const outOfSample = figure((await tile.textContent()) ?? '')
    await page.getByText('In sample', { exact: true }).click()
    const inSample = figure((await tile.textContent()) ?? '')
    expect(inSample).toBeGreaterThan(20)
    expect(inSample).not.toBe(outOfSample)
    expect(figure((await metric(page, 'trades')).strategy)).toBe(inSample)
    await page.getByText('Out of sample', { exact: true }).first().click()
    await expect(tile).toHaveText(outOfSample.toLocaleString('en-US'))
  })

  await test.step('the equity can be seen on a linear scale, and as a table', async () => {
    const card = page.getByRole('region', { name: 'Equity and drawdown' })
    await card.getByText('Linear', { exact: true }).click()
    await expect(card.getByRole('radio', { name: 'Linear' })).toBeChecked()
    await card.getByRole('button', { name: 'Table' }).click()
    await expect(card.getByRole('columnheader', { name: 'Equity' })).toBeVisible()
    await card.getByRole('button', { name: 'Table' }).click()
  })

  await test.step('the check against look-ahead says what it found', async () => {
    const card = page.getByRole('region', { name: 'Check against look-ahead' })
    await card.getByRole('button', { name: 'Check' }).click()
    await expect(card.getByRole('status')).toHaveText(/Passed on 50 days/, { timeout: 60_000 })
  })

  await test.step('trades are sorted by a click on a header', async () => {
    const header = page.getByTestId('trades').getByRole('columnheader', { name: /Profit/ })
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'descending')
    const best = (await column(page, 11)).map(figure)
    expect(best.length).toBeGreaterThan(10)
    expect(best).toEqual([...best].sort((a, b) => b - a))
    await header.getByRole('button').click()
    const worst = (await column(page, 11)).map(figure)
    expect(worst).toEqual([...worst].sort((a, b) => a - b))
    expect(worst[0]).toBeLessThan(0)
  })

  await test.step('trades are filtered, and the filter is cleared', async () => {
    const card = page.getByRole('region', { name: 'Trades', exact: true })
    await card.getByRole('combobox', { name: 'Signal, filter' }).selectOption('MACD')
    await expect(card.locator('small')).toHaveText(/^\d+ of \d+ trades/)
    expect(new Set((await column(page, 4)).map((text) => text.trim()))).toEqual(new Set(['MACD']))
    await card.getByRole('button', { name: 'Clear' }).click()
    await expect(card.locator('small')).not.toHaveText(/ of /)
  })

  await test.step('a trade opens by the keyboard with its prices; Escape gives the focus back', async () => {
    const first = page.getByTestId('trades').locator('tbody button').first()
    const name = await first.getAttribute('aria-label')
    await first.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await expect(first).toBeFocused()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await expect(drawer).toContainText('Largest move against')
    await expect(drawer.locator('canvas').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await expect(page.getByRole('button', { name: name ?? '', exact: true })).toBeFocused()
  })
})

test('what is on screen can be taken along: trades, equity, a picture', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)

  const trades = await saved(page, () => page.getByRole('button', { name: 'Trades CSV' }).click())
  expect(trades.name).toBe('trades.csv')
  const rows = Papa.parse<Record<string, string>>(trades.bytes.toString(), {
    header: true,
    skipEmptyLines: true,
  })
  expect(rows.errors).toEqual([])
  const outOfSample = rows.data.filter((row) => row.sample === 'out of sample')
  expect(outOfSample).toHaveLength(figure((await metric(page, 'trades')).strategy))
  for (const row of rows.data) expect(Number(row.profit)).not.toBeNaN()

  const equity = await saved(page, () => page.getByRole('button', { name: 'Equity CSV' }).click())
  expect(equity.name).toBe('equity.csv')
  const days = Papa.parse<Record<string, string>>(equity.bytes.toString(), {
    header: true,
    skipEmptyLines: true,
  }).data
  expect(days.length).toBeGreaterThan(1_000)
  const profit = rows.data.reduce((sum, row) => sum + Number(row.profit), 0)
  expect(Number(days.at(-1)!.equity) - 100_000).toBeCloseTo(profit, 0)

  const card = page.getByRole('region', { name: 'Equity and drawdown' })
  const picture = await saved(page, () => card.getByRole('button', { name: 'PNG' }).click())
  expect(picture.name).toMatch(/\.png$/)
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.bytes.length).toBeGreaterThan(10_000)
})

test('settings explain themselves, and every one of them can be taken back', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  const form = page.locator('aside').getByRole('form', { name: 'Parameters' })
  const before = await hashOf(page)

  await test.step('a value out of range says what is possible and changes nothing', async () => {
    const stop = form.getByRole('textbox', { name: 'Stop loss' })
    await stop.fill('500')
    await expect(stop).toHaveAttribute('aria-invalid', 'true')
    await expect(form.getByRole('alert')).toContainText(/from .* to /)
    expect(await hashOf(page)).toBe(before)
    await stop.fill('lots')
    await expect(form.getByRole('alert')).toBeVisible()
    await stop.fill('12')
    await expect(form.getByRole('alert')).toHaveCount(0)
    await expect.poll(() => hashOf(page)).not.toBe(before)
    await expect(form.getByRole('status')).toHaveText('1 change from Recommended')
  })

  await test.step('its own button brings the value back', async () => {
    await form.getByRole('button', { name: /^Stop loss: back to/ }).click()
    await expect.poll(() => hashOf(page)).toBe(before)
  })

  await test.step('a signal switched off takes its trades away', async () => {
    await form.getByRole('checkbox', { name: 'MACD' }).uncheck()
    await expect.poll(() => hashOf(page)).not.toBe(before)
    await settled(page)
    const signals = page.getByRole('combobox', { name: 'Signal, filter' })
    await expect(signals.locator('option', { hasText: 'MACD' })).toHaveCount(0)
  })

  await test.step('the preset of the source and “Reset all” bring everything back', async () => {
    await form.getByText('Original', { exact: true }).click()
    await expect.poll(() => hashOf(page)).toBe(before)
    await form.getByRole('checkbox', { name: 'RSI' }).uncheck()
    await expect.poll(() => hashOf(page)).not.toBe(before)
    await form.getByRole('button', { name: 'Reset all' }).click()
    await expect.poll(() => hashOf(page)).toBe(before)
  })

  await test.step('a whole drag is one step back', async () => {
    const slider = form.getByRole('slider', { name: 'Stop loss' })
    await slider.scrollIntoViewIfNeeded()
    const box = (await slider.boundingBox())!
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2)
    await page.mouse.down()
    for (let step = 0; step < 12; step++)
      await page.mouse.move(box.x + box.width * (0.4 + step / 40), box.y + box.height / 2)
    await page.mouse.up()
    await expect.poll(() => hashOf(page)).not.toBe(before)
    await expect(page.getByTestId('verdict')).not.toContainText('Could this be luck?')
    await page.goBack()
    await expect.poll(() => hashOf(page)).toBe(before)
  })
})

test('the theme that was chosen is there again after a reload', async ({ page }) => {
  await page.goto(optionsReport)
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await colour()
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark')
  await expect.poll(colour).not.toBe(light)
  const dark = await colour()
  await page.reload()
  await expect.poll(colour).toBe(dark)
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('light')
  await expect.poll(colour).toBe(light)
})

test('what is left of a run without trades says why it is empty', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  const form = page.locator('aside').getByRole('form', { name: 'Parameters' })
  const boxes = ['RSI', 'Moving averages', 'Volume', 'MACD', 'Bollinger bands', 'Momentum']
  for (const name of boxes) await form.getByRole('checkbox', { name }).uncheck()
  await settled(page)
  await expect(page.getByText('No trades', { exact: true })).toBeVisible()
  await expect(page.getByTestId('verdict')).toContainText(/not assessable|too little/i)
})
