import type { Breathe } from '../breathe.ts'
import type { FinishedRun } from '../engine.ts'
import type { Guard, GuardId } from './contract.ts'
import { delayOf } from './delay.ts'
import { drawdownFanOf } from './drawdownFan.ts'
import { overfittingOf, realityCheckOf } from './family.ts'
import type { FamilyView } from './familyView.ts'
import { leaveSymbolOutOf, leaveYearOutOf } from './leaveOut.ts'
import { unknown, where } from './measured.ts'
import type { Measured } from './measured.ts'
import { parameterJitterOf } from './parameterJitter.ts'
import { breakEvenCostsOf, capacityOf, independentBetsOf } from './practice.ts'
import { randomEntriesOf } from './randomEntries.ts'
import { deflatedSharpeOf, minimumTrackRecordOf, probabilisticSharpeOf } from './sharpe.ts'
import { shiftedSignalsOf } from './shiftedSignals.ts'
import { guardTexts } from './texts.ts'

/**
 * One guard of a run: of its out-of-sample part where there is one, else of all of it. What is drawn is drawn from
 * the seed of the request. Null when told to stop.
 */
export async function guardOf(
  run: FinishedRun,
  id: GuardId,
  family: FamilyView,
  breathe: Breathe,
): Promise<Guard | null> {
  if (run.judged.trades.length === 0) {
    return { ...guardTexts[id], ...unknown('plain', `There are no trades${where(run)}.`) }
  }
  const found = await measure(run, id, family, breathe)
  return found && { ...guardTexts[id], ...found }
}

function measure(
  run: FinishedRun,
  id: GuardId,
  family: FamilyView,
  breathe: Breathe,
): Measured | Promise<Measured | null> {
  switch (id) {
    case 'probabilisticSharpe':
      return probabilisticSharpeOf(run)
    case 'deflatedSharpe':
      return deflatedSharpeOf(run, family)
    case 'minimumTrackRecord':
      return minimumTrackRecordOf(run)
    case 'realityCheck':
      return realityCheckOf(family)
    case 'overfitting':
      return overfittingOf(family)
    case 'breakEvenCosts':
      return breakEvenCostsOf(run)
    case 'capacity':
      return capacityOf(run)
    case 'independentBets':
      return independentBetsOf(run)
    case 'leaveYearOut':
      return leaveYearOutOf(run)
    case 'drawdownFan':
      return drawdownFanOf(run, breathe)
    case 'delay':
      return delayOf(run)
    case 'leaveSymbolOut':
      return leaveSymbolOutOf(run, breathe)
    case 'parameterJitter':
      return parameterJitterOf(run, breathe)
    case 'randomEntries':
      return randomEntriesOf(run, breathe)
    case 'shiftedSignals':
      return shiftedSignalsOf(run, breathe)
  }
}
