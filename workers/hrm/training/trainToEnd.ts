import { breather, type Run } from '../baselines/run.ts'
import type { Trainer } from './trainer.ts'

/**
 * Trains until all steps are taken or it stops early, and leaves the best weights in the model. Rejects with the
 * reason of the signal once it is aborted, within a step.
 * @returns the step whose weights are kept
 */
export async function trainToEnd(trainer: Trainer, steps: number, run: Run): Promise<number> {
  const breathe = breather(run)
  const goesOn = async () => {
    await breathe()
    return true
  }
  while (!trainer.finished && !trainer.stopsEarly) {
    await trainer.trainStep()
    await breathe()
    const point = trainer.validationDue ? await trainer.validate(goesOn) : null
    run.onProgress?.({
      done: trainer.step,
      total: steps,
      trainLoss: trainer.curves.training.at(-1)?.loss ?? NaN,
      validationLoss: point?.loss ?? NaN,
    })
  }
  return trainer.returnToBest() ?? trainer.step
}
