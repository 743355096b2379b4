import { checkTask } from './classifier.ts'
import type { Classifier, Task } from './classifier.ts'

/**
 * [classes] frequencies in training.
 *
 * @param smoothing rows added to each class (Laplace: 1), so that a class never seen is not called impossible
 */
export function baseRates({ labels, classes, train }: Task, smoothing = 1): Float64Array {
  const rates = new Float64Array(classes).fill(smoothing)
  for (const row of train) rates[labels[row]]++
  return rates.map((count) => count / (train.length + smoothing * classes))
}

/** The base rates, whatever the features: the least that any model has to beat. */
export function fitBaseRate(task: Task, smoothing = 1): Classifier {
  checkTask(task)
  const rates = baseRates(task, smoothing)
  return {
    probabilities: (_, rows) => {
      const out = new Float64Array(rows.length * task.classes)
      for (let at = 0; at < out.length; at += task.classes) out.set(rates, at)
      return Promise.resolve(out)
    },
  }
}
