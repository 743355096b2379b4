import { expect, it } from 'vitest'
import type { ReportTrade } from '../../../../workers/backtest/api.ts'
import { lotsByDay } from '../../../../workers/backtest/options/lotsByDay.ts'

const lot = (entryDay: number, exitDay: number, exitReason: ReportTrade['exitReason']) =>
  ({ entryDay, exitDay, exitReason }) as ReportTrade

it('a lot is counted at every close it is held over, to the last day where only the end of the data closes it', () => {
  expect([...lotsByDay([lot(1, 3, 'roll'), lot(2, 4, 'end'), lot(3, 3, 'stop')], 5)]).toEqual([0, 1, 2, 1, 1])
})
