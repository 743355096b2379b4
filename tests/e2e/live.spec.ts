import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expectNoFaults, faultsOf } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'

/** A vendor of prices on this machine that lets pages ask. */
let vendor: Server
let asked: string[] = []
const address = () => `http://localhost:${(vendor.address() as AddressInfo).port}`

test.beforeAll(async () => {
  vendor = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end(
      'Date,Open,High,Low,Close,Volume\n2026-01-05,10,11,9,10.5,100\n2026-01-06,10.5,12,10,11.5,120\n',
    )
  })
  await new Promise<void>((resolve) => vendor.listen(0, 'localhost', resolve))
})
test.afterAll(() => vendor.close())

test('nothing leaves the origin until a source is turned on, and then only for its address', async ({
  page,
  baseURL,
}) => {
  const away = new Set<string>()
  page.context().on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(baseURL!).origin) away.add(origin)
  })
  asked = []
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await settled(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Live' }).click()
  await page.getByRole('tab', { name: 'Sources' }).click()
  await expect(page.getByTestId('policy')).toHaveAttribute('data-kind', /sent/)

  await page.getByRole('button', { name: 'Set up Prices or options from an address' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Address is needed.')).toBeVisible()
  await form.getByLabel(/^Address/).fill(`${address()}/{symbol}.csv`)
  await form.getByLabel(/^Symbols/).fill('MSFT')
  await form.getByRole('button', { name: 'Save' }).click()

  const consent = page.getByRole('dialog', { name: /^Try/ })
  await expect(consent.getByTestId('origins')).toHaveText(address())
  expect([...away], 'before the person agreed').toEqual([])
  await consent.getByRole('button', { name: 'Ask once' }).click()
  await expect(consent.getByTestId('trial')).toContainText('2 rows')
  await expect(consent.getByLabel('Close', { exact: true }).locator('option:checked')).toHaveText('Close')
  expect(await faultsOf(page, 'dialog[open]'), 'consent').toEqual([])
  await consent.getByRole('button', { name: 'Turn on', exact: true }).click()

  const feed = page.getByTestId('feed')
  await expect(feed).toHaveAttribute('data-phase', 'waiting')
  await expect(page.getByTestId('live-chip')).toHaveText(/Live: 1 source/)
  await expect(page.locator('tr[data-table="prices"]')).toContainText('2')
  await expectNoFaults(page, 'sources', '#live-panel')
  await page.getByRole('tab', { name: 'Coverage' }).click()
  await expect(page.getByTestId('totals')).toContainText('Listened')

  await page.getByRole('navigation').getByRole('link', { name: 'Data' }).click()
  await expect(page.getByRole('row', { name: /Collected .*MSFT/ })).toBeVisible()
  expect([...away]).toEqual([address()])

  // Turned off, it is asked no more, and neither is anybody on the next visit.
  await page.getByTestId('live-chip').click()
  await feed.getByRole('switch').click()
  await expect(feed).toHaveAttribute('data-phase', 'off')
  const before = asked.length
  await page.reload()
  await settled(page)
  await expect(feed.getByRole('switch')).not.toBeChecked()
  await expect(page.locator('tr[data-table="prices"]')).toContainText('2')
  expect(asked).toHaveLength(before)
})
