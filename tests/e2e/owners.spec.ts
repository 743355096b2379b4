import type { Page } from '@playwright/test'
import { expectNoFaults } from './faults.ts'
import { expect, optionsReport, settled, test } from './page.ts'
import { csvFile, saved, upload } from './upload.ts'

const companies = csvFile(
  'companies.csv',
  'symbol,name,sector\nWMT,Walmart Inc.,Staples\nKO,The Coca-Cola Company,Staples\nNKE,"Nike, Inc.",Apparel\n',
)
const registry = csvFile(
  'registry.csv',
  'icao24,registration,owner,type\n' +
    'a00001,N1,WALMART INC,GLF5\na00002,N2,WALMART AVIATION LLC,GLF5\na00003,N3,Coca-Cola Co,C56X\n' +
    'a00004,N4,Private,C25A\na00005,N5,"Bank of Utah, Trustee",GLEX\n',
)

const row = (page: Page, owner: string) => page.locator(`li[data-owner="${owner}"]`)

async function openOwners(page: Page): Promise<void> {
  await page.goto(optionsReport)
  await settled(page)
  await upload(page, [companies, registry])
  await page.getByRole('navigation').getByRole('link', { name: 'Owners' }).click()
  await expect(row(page, 'WALMART INC')).toBeVisible()
}

test('owners are matched to companies by the person alone, with undo and as CSV', async ({ page }) => {
  await openOwners(page)
  await expect(page.getByText('Undecided 5')).toBeVisible()
  await expect(row(page, 'Private').getByRole('button', { name: /^Accept/ })).toHaveCount(0)
  await expect(row(page, 'Bank of Utah, Trustee')).toContainText('trustee')

  await page.getByRole('button', { name: 'Accept 2 same names' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The Coca-Cola Company')
  await dialog.getByRole('button', { name: 'Accept 2 names' }).click()
  await expect(page.getByText('Accepted 2')).toBeVisible()
  await row(page, 'Coca-Cola Co').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Accepted 1')).toBeVisible()

  await row(page, 'WALMART INC').getByLabel('Valid from').fill('2020-01-01')
  await row(page, 'WALMART INC').getByLabel('Valid from').blur()
  await expect(row(page, 'WALMART INC').getByRole('button', { name: 'Undo' })).toBeEnabled()
  const { name, bytes } = await saved(page, () => page.getByRole('button', { name: 'Export CSV' }).click())
  expect(name).toBe('owners.csv')
  expect(bytes.toString()).toBe(
    'owner,symbol,valid_from,valid_to,score\r\nWALMART INC,WMT,2020-01-01,,100\r\n',
  )
})

test('owners are decided by the keyboard: j to the next, Enter accepts, u takes back, x is none of them', async ({
  page,
}) => {
  await openOwners(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Accepted 1')).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.getByText('Accepted 0')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByText('None 1')).toBeVisible()
})

test('what was noticed in the tables stands in the data view: orphans, coverage, what can run', async ({
  page,
}) => {
  await page.goto(optionsReport)
  await settled(page)
  const tickets = ['symbol,date,sentiment,count']
  for (let day = 0; day < 60; day++) {
    tickets.push(
      `ZZTOP,${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)},negative,${day % 5}`,
    )
  }
  await upload(page, [csvFile('tickets.csv', tickets.join('\n') + '\n')])
  await expect(page.getByText('without prices, so nothing can be traded')).toBeVisible()
  await expect(page.getByText('no symbol in common')).toBeVisible()
  await page.getByLabel('Table of the coverage').selectOption('tickets')
  await expect(page.locator('td[title="ZZTOP, Jan 2024: 31 rows"]')).toBeVisible()
  await expectNoFaults(page, 'Data', 'section')
})
