import { jetTabs } from '../../src/state/jetTabs.ts'
import { optionsTabs } from '../../src/state/optionsTabs.ts'
import { ticketsTabs } from '../../src/state/ticketsTabs.ts'
import { expectNoFaults } from './faults.ts'
import { expectSound, show } from './everyView.ts'
import { expect, optionsReport, settled, test } from './page.ts'

test('no tab of a system has a fault that a machine can find, nor is it too wide for 320 px', async ({
  page,
}) => {
  test.setTimeout(360_000)
  // A number that fades is dim for a moment: what stays is looked at.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(optionsReport)
  await settled(page)

  await page.getByRole('button', { name: 'Why?' }).click()
  await expectSound(page, 'Options with its evidence')
  const trades = page.getByTestId('trades')
  await trades.scrollIntoViewIfNeeded()
  const trade = trades.getByRole('button', { name: /show on the chart/ }).first()
  await trade.click()
  await expectNoFaults(page, 'a trade', 'dialog[open]')
  await page.keyboard.press('Escape')
  await expect(trade, 'a dialog gives the focus back').toBeFocused()

  for (const { id, label } of optionsTabs.slice(1)) {
    await show(page, { view: 'options', optionsTab: id })
    await expectSound(page, `Options, ${label}`)
  }
  for (const { id, label } of jetTabs) {
    await show(page, { view: 'jet', jetTab: id })
    await expectSound(page, `Jet, ${label}`)
  }
  for (const { id, label } of ticketsTabs) {
    await show(page, { view: 'tickets', ticketsTab: id })
    await expectSound(page, `Tickets, ${label}`)
  }
})
