import type { Task } from './bySeed.ts'
import { measurements } from './measurements.ts'

/** One seed, in a process of its own. */
process.once('message', (task: Task) => {
  void measurements[task.of](task.seed, task.trials).then((result) => {
    process.send!(result, () => process.exit(0))
  })
})
