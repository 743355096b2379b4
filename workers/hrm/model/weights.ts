import { ConfigError, sizesOf, type HrmConfig } from './config.ts'
import { rotaryTables } from '../ops/attention.ts'
import type { Random } from '../../quant/random.ts'

/** Every parameter and buffer of a model by the reference's name; a linear layer is [out, in]. */
export type Weights = Record<string, { shape: number[]; data: Float32Array }>

export const puzzleTableName = 'puzzle_emb.weights'
/** The gradient of the identities in a batch, [rows, puzzleWidth]: the table itself is sparse. */
export const puzzleGradientName = 'puzzle_emb.local_weights'

export const rotaryNames = { cos: 'rotary_emb.cos_cached', sin: 'rotary_emb.sin_cached' } as const

interface ParameterSpec {
  name: string
  shape: number[]
  /** Standard deviation of the truncated normal it starts from; 0 = the constant `fill`. */
  deviation: number
  fill?: number
}

/** The stacks of a mode and how many blocks each has. */
export function stacksOf(config: HrmConfig): { name: 'H_level' | 'L_level'; layers: number }[] {
  const { mode, hLayers, lLayers } = config
  if (mode === 'transformer') return [{ name: 'H_level', layers: hLayers + lLayers }]
  if (mode === 'trm') return [{ name: 'L_level', layers: lLayers }]
  return [
    { name: 'H_level', layers: hLayers },
    { name: 'L_level', layers: lLayers },
  ]
}

/** What the optimiser trains, in the order it is initialised. */
export function parameterSpecs(config: HrmConfig): ParameterSpec[] {
  const { hiddenSize: d, vocabulary, input, positions, outputs } = config
  const { inner, total } = sizesOf(config)
  const linear = (name: string, out: number, into: number): ParameterSpec => ({
    name,
    shape: [out, into],
    deviation: 1 / Math.sqrt(into),
  })
  const embedding = (name: string, rows: number): ParameterSpec => ({
    name: `${name}.embedding_weight`,
    shape: [rows, d],
    deviation: 1 / Math.sqrt(d),
  })
  const specs: ParameterSpec[] = []
  if (input.kind === 'tokens') specs.push(embedding('embed_tokens', vocabulary))
  else
    specs.push(
      // Of standardised features, as large as a row of the table would be.
      { name: 'embed_features.weight', shape: [d, input.width], deviation: 1 / Math.sqrt(input.width * d) },
      embedding('embed_levels', input.levels),
      embedding('embed_ages', input.ageBuckets),
    )
  if (positions === 'learned') specs.push(embedding('embed_pos', total))
  for (const head of outputs) {
    if (head.kind === 'tokens') specs.push(linear('lm_head.weight', vocabulary, d))
    else {
      const width = head.kind === 'classes' ? head.classes : 1
      specs.push(linear(`heads.${head.name}.weight`, width, d))
      specs.push({ name: `heads.${head.name}.bias`, shape: [width], deviation: 0 })
    }
  }
  specs.push({ name: 'q_head.weight', shape: [2, d], deviation: 0 })
  specs.push({ name: 'q_head.bias', shape: [2], deviation: 0, fill: -5 })
  for (const { name, layers } of stacksOf(config))
    for (let layer = 0; layer < layers; layer++) {
      const at = `${name}.layers.${layer}`
      specs.push(
        linear(`${at}.self_attn.qkv_proj.weight`, 3 * d, d),
        linear(`${at}.self_attn.o_proj.weight`, d, d),
        linear(`${at}.mlp.gate_up_proj.weight`, 2 * inner, d),
        linear(`${at}.mlp.down_proj.weight`, d, inner),
      )
    }
  return specs
}

/** Fresh weights: every draw of one generator, so a seed gives the same model on every machine. */
export function initialWeights(config: HrmConfig, random: Random): Weights {
  const { hiddenSize, puzzleIds, puzzleWidth } = config
  const weights: Weights = {
    H_init: { shape: [hiddenSize], data: truncatedNormal(hiddenSize, 1, random) },
    L_init: { shape: [hiddenSize], data: truncatedNormal(hiddenSize, 1, random) },
  }
  for (const { name, shape, deviation, fill } of parameterSpecs(config)) {
    const size = shape.reduce((a, b) => a * b, 1)
    const data =
      deviation === 0 ? new Float32Array(size).fill(fill ?? 0) : truncatedNormal(size, deviation, random)
    weights[name] = { shape, data }
  }
  if (puzzleWidth > 0)
    weights[puzzleTableName] = {
      shape: [puzzleIds, puzzleWidth],
      data: new Float32Array(puzzleIds * puzzleWidth),
    }
  return weights
}

/** The tables of rotary positions under the reference's names; they follow from the configuration. */
export function rotaryWeights(config: HrmConfig): Weights {
  if (config.positions !== 'rope') return {}
  const { headSize, total } = sizesOf(config)
  const { cos, sin } = rotaryTables(total, headSize, config.ropeTheta)
  return {
    [rotaryNames.cos]: { shape: [total, headSize], data: cos },
    [rotaryNames.sin]: { shape: [total, headSize], data: sin },
  }
}

/** Throws a ConfigError that names the first weight that is missing or has another shape. */
export function checkWeights(config: HrmConfig, weights: Weights): void {
  const expected = [
    { name: 'H_init', shape: [config.hiddenSize] },
    { name: 'L_init', shape: [config.hiddenSize] },
    ...parameterSpecs(config),
    ...(config.puzzleWidth > 0
      ? [{ name: puzzleTableName, shape: [config.puzzleIds, config.puzzleWidth] }]
      : []),
  ]
  for (const { name, shape } of expected) {
    const found = weights[name]
    if (!found) throw new ConfigError(`The weight ${name} is missing; [${shape.join(' × ')}] was expected.`)
    if (found.shape.join() !== shape.join() || found.data.length !== shape.reduce((a, b) => a * b, 1))
      throw new ConfigError(
        `The weight ${name} is [${found.shape.join(' × ')}]; [${shape.join(' × ')}] was expected.`,
      )
  }
}

/** A normal cut at ±2 deviations has this deviation itself; the draws are divided by it. */
const deviationAfterTruncation = 0.8796256610342398

/** Truncated normal at ±2, scaled so that the deviation is the one asked for (as in JAX). */
function truncatedNormal(size: number, deviation: number, random: Random): Float32Array {
  const values = new Float32Array(size)
  for (let i = 0; i < size; i++) {
    let draw: number
    do draw = standardNormal(random)
    while (Math.abs(draw) > 2)
    values[i] = (draw * deviation) / deviationAfterTruncation
  }
  return values
}

/** Box & Muller 1958, one of the pair. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
}
