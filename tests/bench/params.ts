import { defaultParams, systemInfos } from '../../workers/systems/api.ts'
import type { Params } from '../../workers/systems/system.ts'

const info = systemInfos.find(({ id }) => id === 'options')!
export const recommended: Params = defaultParams(info, 'recommended')

/** Everything a system could have cached is new: no two requests share an indicator. */
export const distinct = (i: number): Params => ({
  ...recommended,
  rsiDays: 5 + (i % 50),
  averageFast: 10 + (i % 80),
  averageSlow: 110 + (i % 200),
  macdSlow: 20 + (i % 90),
  bollingerDays: 6 + (i % 100),
  volumeDays: 5 + (i % 100),
  momentumShortDays: 2 + (i % 20),
  momentumLongDays: 25 + (i % 60),
  volumeReturnDays: 2 + (i % 40),
})
