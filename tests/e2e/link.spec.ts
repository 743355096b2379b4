import type { Page } from '@playwright/test'
import { copiedLink, expect, optionsReport, settled, test } from './page.ts'

const hashOf = (page: Page) => page.getByTestId('confirmation').getAttribute('data-hash')

/** Number of trials that the verdict is charged for. */
async function trials(page: Page): Promise<number> {
  const why = page.getByRole('button', { name: 'Why?' })
  await expect(why).toBeEnabled()
  if ((await why.getAttribute('aria-expanded')) === 'false') await why.click()
  const text = await page.getByTestId('verdict').getByTestId('trials').textContent()
  return Number((text ?? '').replaceAll(',', ''))
}

test('a changed setting travels in the link and gives the receiver the same numbers', async ({
  page,
  browser,
}) => {
  await page.goto(optionsReport)
  await settled(page)
  const before = await hashOf(page)
  const slider = page.locator('aside input[type="range"]').first()
  await slider.focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(() => hashOf(page)).not.toBe(before)
  await settled(page)
  const sent = await hashOf(page)
  // The sample, and the steps of the slider that were computed.
  await expect.poll(() => trials(page)).toBeGreaterThan(1)
  const tried = await trials(page)
  const link = await copiedLink(page)
  expect(link).toContain('#v1.')

  const receiver = await (await browser.newContext()).newPage()
  await receiver.goto(link)
  await settled(receiver)
  await expect(receiver.getByTestId('confirmation')).toContainText('Reproduced, identical')
  expect(await hashOf(receiver)).toBe(sent)
  // What the sender tried is charged to the receiver as well, and the run itself only once.
  await expect.poll(() => trials(receiver)).toBe(tried)
  await receiver.context().close()
})

test('back undoes a change, forward brings it again', async ({ page }) => {
  await page.goto(optionsReport)
  await settled(page)
  const before = await hashOf(page)
  await page.getByRole('combobox', { name: 'Benchmark' }).selectOption('')
  await expect.poll(() => hashOf(page)).not.toBe(before)
  await settled(page)
  const changed = await hashOf(page)
  await page.goBack()
  await expect.poll(() => hashOf(page)).toBe(before)
  await page.goForward()
  await expect.poll(() => hashOf(page)).toBe(changed)
})

for (const [name, fragment] of [
  ['damaged', '#v1.AAAA%%%%'],
  ['from the future', '#v9.AAAA'],
  ['foreign', '#hello'],
  ['oversized', '#v1.' + 'A'.repeat(20_000)],
] as const) {
  test(`a ${name} link ends in a sentence and the landing page`, async ({ page }) => {
    await page.goto('./' + fragment)
    await expect(page.getByRole('alert')).toContainText(/link/i)
    await expect(page.getByTestId('sample')).toHaveCount(3)
  })
}
