import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, optionsReport, settled, test } from './page.ts'
import { chooseFiles, seeReport, upload } from './upload.ts'

const file = (name: string, text: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
})

/** A price file good enough to stay loaded while bad ones come and go. */
function goodFile() {
  const rows = ['Date,Open,High,Low,Close,Volume']
  let price = 100
  for (let day = 0; rows.length < 600; day++) {
    const date = new Date(Date.UTC(2020, 0, 2 + day))
    if (date.getUTCDay() % 6 === 0) continue
    price *= 1 + 0.01 * Math.sin(day * 1.7)
    const close = price.toFixed(2)
    rows.push(
      `${date.toISOString().slice(0, 10)},${close},${(price * 1.01).toFixed(2)},${(price * 0.99).toFixed(2)},${close},${100000 + ((day * 7919) % 5000)}`,
    )
  }
  return file('GOOD.csv', rows.join('\n') + '\n')
}

async function stillThere(page: Page): Promise<void> {
  await expect(page.getByRole('row').filter({ hasText: 'GOOD.csv' }).first()).toBeVisible()
}

const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154',
  'hex',
)
const wide = Array.from({ length: 10_000 }, (_, i) => `column${i}`).join(',')

const bad: { what: string; input: ReturnType<typeof file>; says: RegExp }[] = [
  { what: 'an empty file', input: file('empty.csv', ''), says: /empty/i },
  { what: 'a PNG named .csv', input: file('picture.csv', png), says: /PNG|not text|picture|image/i },
  {
    what: 'a CSV without a date column',
    input: file('nodate.csv', 'open,high,low,close,volume\n1,2,0.5,1.5,100\n1,2,0.5,1.5,100\n'),
    says: /date/i,
  },
  {
    what: 'duplicate headers',
    input: file('twice.csv', 'Date,Close,Close\n2020-01-02,1,2\n2020-01-03,1,2\n'),
    says: /twice|duplicate|two columns|more than once/i,
  },
  { what: '10,000 columns', input: file('wide.csv', `${wide}\n${wide}\n`), says: /column/i },
]

test.describe('bad input ends in a sentence, and what was loaded before is still there:', () => {
  for (const { what, input, says } of bad) {
    test(what, async ({ page }) => {
      await page.goto(optionsReport)
      await upload(page, goodFile())
      await chooseFiles(page, input)
      await expect(page.locator('main').getByText(says).first()).toBeVisible()
      await stillThere(page)
    })
  }

  test('2 GB announced', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'contrail-'))
    const huge = join(folder, 'huge.csv')
    writeFileSync(huge, 'Date,Close\n')
    truncateSync(huge, 2 * 1024 ** 3)
    try {
      await page.goto(optionsReport)
      await upload(page, goodFile())
      await chooseFiles(page, huge)
      await expect(
        page
          .locator('main')
          .getByText(/2,048 MB, more than a tab can hold/)
          .first(),
      ).toBeVisible()
      await stillThere(page)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('JSON error bodies between rows are refused one by one, the rows around them load', async ({
    page,
  }) => {
    const good = goodFile().buffer.toString().trimEnd().split('\n')
    good.splice(100, 0, '{', '    "finance": {', '        "error": "Invalid cookie"', '    }', '}')
    await page.goto(optionsReport)
    await upload(page, file('BRKN.csv', good.join('\n')))
    await expect(page.locator('#result-heading')).toHaveText('599 rows imported from 1 file')
    await expect(page.getByText(/5 rows refused/)).toBeVisible()
    await seeReport(page)
  })

  test('names that try HTML are shown as text', async ({ page }) => {
    await page.goto(optionsReport)
    await upload(page, { ...goodFile(), name: '<img src=x onerror=alert(1)>.csv' }).catch(() => undefined)
    await expect(page.locator('main img')).toHaveCount(0)
    await settled(page)
  })
})
