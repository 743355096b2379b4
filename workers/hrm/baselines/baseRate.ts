import { checkTask } from './classifier.ts'
import type { Classifier, Task } from './classifier.ts'

/**
 * The frequencies of the classes in training, whatever the features: the least that any model has to beat.
 *
 * @param smoothing rows added to each class (Laplace: 1), so that a class never seen is not called impossible
 */
export function fitBaseRate(task: Task, smoothing = 1): Classifier {
  checkTask(task)
  const { labels, classes, train } = task
  const rates = new Float64Array(classes).fill(smoothing)
  for (const row of train) rates[labels[row]]++
  for (let k = 0; k < classes; k++) rates[k] /= train.length + smoothing * classes
  return {
    probabilities: (_, rows) => {
      const out = new Float64Array(rows.length * classes)
      for (let at = 0; at < out.length; at += classes) out.set(rates, at)
      return Promise.resolve(out)
    },
  }
}
