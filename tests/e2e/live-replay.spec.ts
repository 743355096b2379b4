import { defaultState, type AppState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { faultsOf } from './faults.ts'
import { expect, test } from './page.ts'
import { saved } from './upload.ts'

const live = (part: Partial<AppState>) => encodeLink({ ...defaultState(), view: 'live', ...part })

test('days are replayed as the backtest had them; a signal is taken on paper, waits, and stands in the journal', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`./${live({ liveTab: 'replay' })}`)
  const from = page.getByLabel('from')
  await expect(from).toBeEnabled({ timeout: 60_000 })
  await from.fill('2024-12-02')
  await page.getByRole('radio', { name: 'as fast as it goes' }).check({ force: true })
  const play = page.getByRole('button', { name: 'Play' })
  await play.press('ArrowRight')
  await expect(page.getByText('day 1 of 21')).toBeVisible()
  await play.press(' ')
  await expect(page.getByText('It is over.')).toBeVisible({ timeout: 60_000 })
  const compared = page.getByTestId('compared')
  await expect(compared).not.toContainText('The first difference')
  const counts = [...(await compared.innerText()).matchAll(/([\d,]+) of ([\d,]+)/g)]
  expect(counts).toHaveLength(3)
  for (const [, same, all] of counts) {
    expect(same).toBe(all)
    expect(Number(all.replace(',', ''))).toBeGreaterThan(0)
  }
  await expect(page.getByTestId('lots').getByRole('rowheader').first()).toBeVisible()
  expect(await faultsOf(page, '#live-panel'), 'Replay').toEqual([])

  await page.getByRole('tab', { name: 'Signals' }).click()
  await page.getByRole('button', { name: 'Look at Options now' }).click()
  const feed = page.getByTestId('feed')
  await expect(feed).toContainText('Decided at the close of 31 Dec 2024')
  await expect(page.getByText('Simulated data', { exact: true })).toBeVisible()
  await feed.getByRole('button', { name: 'Open a book' }).first().click()
  await page.getByRole('button', { name: 'Open the book' }).click()
  await expect(page.getByTestId('journal')).toContainText('Nothing was taken yet')

  await page.getByRole('tab', { name: 'Signals' }).click()
  const take = feed.getByRole('button', { name: /^Take .* long$/ }).first()
  const company = (await take.getAttribute('aria-label'))!.split(' ')[1]
  await take.click()
  await expect(feed.getByText('taken', { exact: true })).toHaveCount(1)
  expect(await faultsOf(page, '#live-panel'), 'Signals').toEqual([])

  await page.getByRole('tab', { name: 'Book' }).click()
  await expect(page.getByTestId('waiting')).toContainText(company)
  await expect(page.getByTestId('journal').getByRole('row', { name: /taken .* hand/ })).toContainText(company)
  const file = await saved(page, () =>
    page.getByRole('region', { name: 'Journal' }).getByRole('button', { name: 'CSV' }).click(),
  )
  expect(file.name).toBe('journal-options-2024-12-31.csv')
  expect(file.bytes.toString()).toContain(`2024-12-31,taken,${company},long,hand`)
  expect(await faultsOf(page, '#live-panel'), 'Book').toEqual([])

  // The book outlives the page.
  await page.reload()
  await expect(page.getByTestId('waiting')).toContainText(company, { timeout: 60_000 })
  await page.getByRole('button', { name: `Take back ${company} long` }).click()
  await expect(page.getByTestId('waiting')).toContainText('Nothing waits')
})
