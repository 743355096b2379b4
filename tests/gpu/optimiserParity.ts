import * as tf from '@tensorflow/tfjs'
import { Optimiser } from '../../workers/hrm/optimisers/optimiser.ts'
import type { OptimiserSettings } from '../../workers/hrm/optimisers/optimiser.ts'
import { expectClose } from './check.ts'
import type { Check } from './check.ts'
import type { ReadReference, Stored } from './reference.ts'

type Step = Record<'grad' | 'param' | 'exp_avg' | 'exp_avg_sq', Stored>

interface Run {
  lr: number
  beta1: number
  beta2: number
  weight_decay: number
  adamw_eps: number
  adam_atan2: Step[]
  adamw: Step[]
}

/** Each coordinate of the reference is one number of two parameters, so that the second has an offset. */
const parts = [
  { name: 'first', from: 0, to: 3 },
  { name: 'second', from: 3, to: 8 },
]

function expectRun(kind: OptimiserSettings['kind'], run: Run, start: Stored): Promise<void> {
  const parameters = Object.fromEntries(
    parts.map(({ name, from, to }) => [name, tf.tensor1d(start.data.slice(from, to)) as tf.Tensor]),
  )
  const model = {
    parameters,
    parameterCount: () => start.data.length,
    assign: (name: string, value: tf.Tensor) => {
      parameters[name].dispose()
      parameters[name] = value
    },
  }
  const { beta1, beta2, weight_decay: weightDecay, adamw_eps: epsilon } = run
  const optimiser = new Optimiser(model, { kind, beta1, beta2, weightDecay, epsilon })
  return followed(optimiser, parameters, kind === 'adamw' ? run.adamw : run.adam_atan2, run.lr)
}

async function followed(
  optimiser: Optimiser,
  parameters: Record<string, tf.Tensor>,
  steps: Step[],
  rate: number,
): Promise<void> {
  for (const [i, expected] of steps.entries()) {
    // Twice the gradient at half the scale: the scale must count.
    const gradients = Object.fromEntries(
      parts.map(({ name, from, to }) => [
        name,
        tf.tensor1d(expected.grad.data.slice(from, to).map((g) => 2 * g)),
      ]),
    )
    optimiser.apply(gradients, rate, 0.5)
    tf.dispose(gradients)
    const { moments } = await optimiser.state()
    for (const { name, from, to } of parts) {
      const at = `of ${name} after step ${i + 1}`
      expectClose(`parameter ${at}`, await parameters[name].data(), expected.param.data.slice(from, to))
      expectClose(`m ${at}`, moments[`${name}.m`].data, expected.exp_avg.data.slice(from, to))
      expectClose(`v ${at}`, moments[`${name}.v`].data, expected.exp_avg_sq.data.slice(from, to))
    }
    // What is read can be put back without changing anything that follows.
    optimiser.restore({ step: optimiser.step, moments })
  }
  optimiser.dispose()
  tf.dispose(parameters)
}

/** Both optimisers over 20 steps of the reference, gradients of zero included. */
export function optimiserParity(read: ReadReference): Check[] {
  return (['adam-atan2', 'adamw'] as const).map((kind) => ({
    name: `20 steps of ${kind}, gradients of zero included`,
    run: async () => {
      const { p0, runs } = await read<{ p0: Stored; runs: Run[] }>('optimiser.json')
      for (const run of runs) await expectRun(kind, run, p0)
    },
  }))
}
