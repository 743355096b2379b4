import * as tf from '@tensorflow/tfjs'
import { withoutGradient } from '../ops/withoutGradient.ts'
import type { HrmConfig } from './config.ts'
import { stack, type BlockWeights, type StackSettings } from './stack.ts'

export interface Levels {
  /** Absent in `trm`, where one stack serves both states. */
  high: BlockWeights[]
  /** Absent in `transformer`. */
  low: BlockWeights[]
}

// A type, not an interface: tf.tidy takes only what has an index signature.
export type States = {
  zH: tf.Tensor3D
  zL: tf.Tensor3D
}

/**
 * One segment: states and input of the L updates, [B, T, D] each. With `summaryOnly` the z_H that comes out is
 * position 0 alone, [B, 1, D], because nothing else is read of it.
 */
export type Cycles = (states: States, x: tf.Tensor3D, summaryOnly?: boolean) => States

/** One segment of a mode: states and input [B, T, D] → states. */
export function cyclesOf(config: HrmConfig, levels: Levels, settings: StackSettings): Cycles {
  if (config.mode === 'transformer') return onePass(levels, settings)
  if (config.mode === 'trm') return lastCycleWithGradient(config, levels, settings)
  return oneStepGradient(config, levels, settings)
}

/**
 * `hrm-v1`: hCycles × (lCycles L updates, one H update). Only the very last L and the very last H update carry
 * gradient (the one-step approximation of the paper, section "Approximate gradient"); 2 × 2 is L L H L | L H.
 */
function oneStepGradient(config: HrmConfig, { high, low }: Levels, settings: StackSettings): Cycles {
  const { hCycles, lCycles } = config
  return (start, x, summaryOnly) => {
    let { zH, zL } = constants(start, (states) => {
      for (let h = 0; h < hCycles; h++) {
        for (let l = 0; l < lCycles; l++) {
          const lastOfAll = h === hCycles - 1 && l === lCycles - 1
          if (!lastOfAll) states.zL = stack(states.zL, tf.add(states.zH, x), low, settings)
        }
        if (h < hCycles - 1) states.zH = stack(states.zH, states.zL, high, settings)
      }
    })
    zL = stack(zL, tf.add(zH, x), low, settings)
    zH = stack(zH, zL, high, settings, summaryOnly)
    return { zH, zL }
  }
}

/** `trm`: hCycles × (lCycles updates of z_L, one of z_H) by one stack; the whole last cycle carries gradient. */
function lastCycleWithGradient(config: HrmConfig, { low: only }: Levels, settings: StackSettings): Cycles {
  const cycle = (states: States, x: tf.Tensor3D, summaryOnly?: boolean) => {
    for (let l = 0; l < config.lCycles; l++)
      states.zL = stack(states.zL, tf.add(states.zH, x), only, settings)
    states.zH = stack(states.zH, states.zL, only, settings, summaryOnly)
  }
  return (start, x, summaryOnly) => {
    const states = constants(start, (early) => {
      for (let h = 0; h < config.hCycles - 1; h++) cycle(early, x)
    })
    cycle(states, x, summaryOnly)
    return states
  }
}

/** `transformer`: all blocks once, on its own state of the segment before and the input. */
function onePass({ high }: Levels, settings: StackSettings): Cycles {
  return ({ zH, zL }, x, summaryOnly) => ({ zH: stack(zH, x, high, settings, summaryOnly), zL })
}

/** Runs updates of the states without gradient, and hands them over as constants. */
function constants(start: States, update: (states: States) => void): States {
  const both = withoutGradient(() => {
    const states = { ...start }
    update(states)
    return tf.stack([states.zH, states.zL]) // [2, B, T, D]: a custom gradient returns one tensor
  })
  const [zH, zL] = tf.unstack(both) as tf.Tensor3D[]
  return { zH, zL }
}
