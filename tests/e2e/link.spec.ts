import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { defaultState } from '../../src/state/appState.ts'
import { encodeLink } from '../../src/state/link.ts'
import { linkAround } from '../unit/state/hostileLinks.ts'
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
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog.getByRole('listitem').first()).toContainText(/instead of/)
  await expect(dialog).toContainText('none: it runs on the simulated market')
  await expect(dialog.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'The link' })).toHaveValue(link)
  await page.keyboard.press('Escape')

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

/** Enough days of two symbols for a few trades. */
function pricesCsv(seed: number): string {
  const rows = ['symbol,date,open,high,low,close,volume']
  for (const [at, symbol] of ['AAA', 'QQQ'].entries()) {
    for (let day = 0; day < 600; day++) {
      const date = new Date(Date.UTC(2021, 0, 4 + Math.floor(day / 5) * 7 + (day % 5)))
        .toISOString()
        .slice(0, 10)
      const close = 100 + 30 * Math.sin(day / (17 + seed + 4 * at)) + 8 * Math.sin(day / 3 + at) + day / 40
      rows.push([symbol, date, close - 0.4, close + 1.2, close - 1.3, close, 1_000_000].join())
    }
  }
  return rows.join('\n')
}

test('a link without its file runs on other data and says so, then takes the file and lists what differs', async ({
  page,
}) => {
  const [theirs, mine] = [pricesCsv(0), pricesCsv(3)]
  const sha256 = createHash('sha256').update(theirs).digest('hex')
  const ref = { name: 'theirs.csv', kind: 'prices' as const, rows: 1_200, schemaHash: 'ab', sha256 }
  const seen = { version: '0.0.1', trades: 9_999, totalReturn: 1, sharpe: 2, maxDrawdown: -0.1, equity: 5 }
  const link = './' + encodeLink({ ...defaultState(), datasets: [ref], result: 'ab'.repeat(16), seen })
  const give = async (name: string, text: string) => {
    await page
      .getByLabel('Choose files')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: /^Import/ }).click()
  }
  await page.goto(link)
  const missing = page.getByTestId('missing')
  await expect(missing).toContainText('theirs.csv')
  await expect(missing).toContainText(sha256.slice(0, 12))

  await give('mine.csv', mine)
  await page.getByRole('button', { name: 'Run it on these' }).click()
  await settled(page)
  await expect(page.getByText('Other data than the link’s')).toBeVisible()

  await page.goBack()
  await give('renamed.csv', theirs)
  await settled(page)
  await expect(page.getByTestId('confirmation')).toContainText('Differs from the link')
  await page.getByText('What differs, and why it may').click()
  await expect(page.getByText(/^Trades: 9,999 there, \d+ here$/)).toBeVisible()
  await expect(page.getByText(/Made with Contrail 0\.0\.1/)).toBeVisible()
})

test('more than forty hostile links in one page end in a sentence or a view; nothing of them runs', async ({
  page,
}) => {
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => expect(dialog.message()).toBe('no dialog')))
  await page.goto('./')
  await expect(page.getByTestId('sample')).toHaveCount(3)
  const script = '<img src=x onerror=alert(1)><script>alert(1)</' + 'script>'
  const around = (plain: unknown) => linkAround(JSON.stringify(plain))
  const names = ['guide', 'jet', 'tickets', 'options', 'sweep', 'walk', 'data', 'playground', 'live'] as const
  const others = [
    'compare',
    'notebook',
    'tables',
    'sql',
    'owners',
    'about',
    'custom',
    'overview',
    'data',
  ] as const
  const ref = { name: script, kind: 'prices', rows: 2, schemaHash: 'ab', sha256: 'cd' }
  const run = around({ view: 'options', datasets: [ref, { ...ref, kind: 'signals' }] })
  const hostile = [
    '#v1.AAAA%%%%',
    '#v9.AAAA',
    '#hello',
    '#v1.' + 'A'.repeat(20_000),
    '#' + script,
    around({ view: script, [script]: script }),
    linkAround('{"__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1}}}'),
    linkAround('{"benchmark":' + '['.repeat(30_000) + ']'.repeat(30_000) + '}'),
    linkAround('A'.repeat(8_000_000)),
    linkAround('{"seed":1e999}'),
    around({ view: 'jet', checkpoint: { name: script, kind: 'hrm', sha256: 'cd'.repeat(32) } }),
    ...names.map((view) =>
      around({ view, datasets: [ref, ref, { ...ref, kind: 'signals' }], benchmark: script }),
    ),
    ...names.map((view) =>
      around({ view, ticketProduct: script, optionsChain: { symbol: script, day: 1 }, from: 9 }),
    ),
    ...others.map((view) =>
      around({ view, seed: -1, split: script, walk: [], sweep: { axes: [script] }, guide: script }),
    ),
    around({
      view: 'tickets',
      ticketsTab: 'wall',
      ticketWords: { language: script, negative: { a: [script] }, positive: {} },
    }),
    around({ view: 'compare', compare: { runs: [run, run, '#v1.AAAA'], base: 5 } }),
    around({
      view: 'options',
      optionsTab: 'strikemap',
      strikemapSettings: { cheapBelow: 1e308 },
      to: -99_999,
    }),
  ]
  expect(hostile.length).toBeGreaterThan(40)
  for (const fragment of hostile) {
    await page.evaluate((to) => (location.hash = to), fragment)
    await expect(page.locator('main').getByRole('heading').or(page.getByRole('alert')).first()).toBeVisible()
  }
  await expect(page.locator('main script, main img[src="x"]')).toHaveCount(0)
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  await page.evaluate(() => (location.hash = '#v1.AAAA%%%%'))
  await expect(page.getByRole('alert')).toContainText('This link is damaged')
  await expect(page.getByTestId('sample')).toHaveCount(3)
})
