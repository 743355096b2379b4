import { liveTabs } from '../../src/state/liveTabs.ts'
import { expectNoFaults } from './faults.ts'
import { expectSound, show } from './everyView.ts'
import { expect, test } from './page.ts'
import { chooseFiles, csvFile, pricesCsv } from './upload.ts'

const files = [
  csvFile('FINE.csv', pricesCsv(60) + 'someday,1,1,1,1,1\n'),
  csvFile('what.csv', 'a,b\n1,2\n3,4\n'),
  csvFile('companies.csv', 'symbol,name,domain\nWMT,Walmart Inc,\nKO,The Coca-Cola Company,\n'),
  csvFile(
    'registry.csv',
    'icao24,registration,symbol,valid_from,valid_to,type,owner\n' +
      ['WALMART INC', '"Bank of Utah, Trustee"', 'Private'].map((by, i) => `a0000${i},,,,,,${by}\n`).join(''),
  ),
]

test('no view of the workbench has a fault that a machine can find, nor is it too wide for 320 px', async ({
  page,
}) => {
  test.setTimeout(360_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('./')
  await expect(page.locator('main h1')).toBeVisible()
  await expectSound(page, 'Overview')
  for (const view of [
    'guide',
    'about',
    'custom',
    'sweep',
    'walk',
    'compare',
    'notebook',
    'playground',
  ] as const) {
    await show(page, { view })
    await expectSound(page, view)
  }
  for (const { id, label } of liveTabs) {
    await show(page, { view: 'live', liveTab: id })
    await expectSound(page, `Live, ${label}`)
  }

  // An import, step by step.
  await chooseFiles(page, files)
  await expect(page.getByRole('heading', { level: 1 }), 'what was opened has the focus').toBeFocused()
  const start = page.getByRole('button', { name: /^Import \d/ })
  await expect(start).toBeEnabled()
  await page.evaluate(() =>
    document.querySelectorAll<HTMLDetailsElement>('details').forEach((one) => (one.open = true)),
  )
  await expectSound(page, 'confirming')
  await start.click()
  await expect(page.locator('#result-heading')).toBeVisible()
  await page.getByRole('button', { name: 'Remove FINE.csv' }).click()
  await expectSound(page, 'imported and removed')
  await page.getByRole('button', { name: 'Forget everything' }).click()
  await expectNoFaults(page, 'forgetting', 'dialog[open]')
  await page.keyboard.press('Escape')

  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Owners' }).click()
  await expect(page.locator('li[data-owner="WALMART INC"]')).toBeVisible()
  await expectSound(page, 'Owners')
  await nav.getByRole('link', { name: 'Tables' }).click()
  await page.getByRole('button', { name: 'Column summaries' }).click()
  await expect(page.getByRole('img', { name: /different values, from/ }).first()).toBeVisible()
  await expectSound(page, 'Tables')
  await nav.getByRole('link', { name: 'SQL' }).click()
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await expectSound(page, 'SQL')
})
