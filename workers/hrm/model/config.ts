/** What a model can be asked for, each with its own columns of `labels` or `targets` in a batch. */
export type HeadSpec =
  /** One class of the vocabulary per token: the language-model head of the paper, on z_H [S, D] → [S, V]. */
  | { kind: 'tokens' }
  /** One class per row, read at position 0 (the summary token) → [classes]. `weight` scales its loss. */
  | { kind: 'classes'; name: string; classes: number; weight: number }
  /** One number per row, read at position 0 → [1]; squared error. `weight` scales its loss. */
  | { kind: 'value'; name: string; weight: number }

/**
 * `hrm-v1`: two stacks, one-step gradient (Wang et al. 2025, arXiv 2506.21734).
 * `trm`: one small stack for both states, the whole last cycle carries gradient, halts on q_halt alone
 * (Jolicoeur-Martineau 2025, arXiv 2510.04871).
 * `transformer`: one stack of the same blocks, no inner cycles; with `outerLoop` it refines its own state
 * segment by segment as the others do, without it one pass answers.
 */
export type HrmMode = 'hrm-v1' | 'trm' | 'transformer'

export interface HrmConfig {
  /** Token ids, or rows of numbers: `width` features a token, its level and the bucket of its age. */
  input: { kind: 'tokens' } | { kind: 'features'; width: number; levels: number; ageBuckets: number }
  /** By the first one a row is right or wrong. */
  outputs: HeadSpec[]
  /** Only the transformer can go without: it then answers in one segment and has no Q head to halt by. */
  outerLoop: boolean
  /** D. */
  hiddenSize: number
  /** Attention heads; D / heads must be even for rotary positions. */
  heads: number
  /** The inner width of SwiGLU is round(expansion · D · 2/3), rounded up to `innerMultiple`. */
  expansion: number
  hLayers: number
  lLayers: number
  hCycles: number
  lCycles: number
  /** S, without the prefix. */
  sequenceLength: number
  /** V: token ids are 0 … V − 1. */
  vocabulary: number
  /** Rows of the table of identities ("puzzle embedding"). */
  puzzleIds: number
  /** Numbers per identity; 0 = no prefix. */
  puzzleWidth: number
  /** M_max: segments a row may take. */
  haltMaxSteps: number
  explorationProbability: number
  ropeTheta: number
  normEpsilon: number
  positions: 'rope' | 'learned'
  innerMultiple: number
  mode: HrmMode
}

/** The published defaults, small enough to train in a tab; a caller overrides what its task needs. */
export const defaultConfig: HrmConfig = {
  input: { kind: 'tokens' },
  outputs: [{ kind: 'tokens' }],
  outerLoop: true,
  hiddenSize: 64,
  heads: 4,
  expansion: 4,
  hLayers: 1,
  lLayers: 1,
  hCycles: 2,
  lCycles: 2,
  sequenceLength: 16,
  vocabulary: 11,
  puzzleIds: 1,
  puzzleWidth: 0,
  haltMaxSteps: 8,
  explorationProbability: 0.1,
  ropeTheta: 10_000,
  normEpsilon: 1e-5,
  positions: 'rope',
  innerMultiple: 256,
  mode: 'hrm-v1',
}

/** The name of a head, under which its logits and losses are found. */
export function headName(head: HeadSpec): string {
  return head.kind === 'tokens' ? 'lm' : head.name
}

/** Widths and lengths that follow from a configuration. */
export interface Sizes {
  /** Dimensions of one attention head. */
  headSize: number
  /** Inner width of SwiGLU. */
  inner: number
  /** Positions of the identity prefix: ceil(puzzleWidth / D). */
  prefix: number
  /** Prefix and sequence. */
  total: number
}

export function sizesOf(config: HrmConfig): Sizes {
  const { hiddenSize, heads, expansion, innerMultiple, puzzleWidth, sequenceLength } = config
  const prefix = Math.ceil(puzzleWidth / hiddenSize)
  return {
    headSize: hiddenSize / heads,
    inner: Math.ceil(Math.round((expansion * hiddenSize * 2) / 3) / innerMultiple) * innerMultiple,
    prefix,
    total: prefix + sequenceLength,
  }
}

/** Thrown for a configuration no model can be made of; the message names the setting. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Throws a ConfigError that names the first setting that does not fit. */
export function checkConfig(config: HrmConfig): void {
  const whole = [
    ['hiddenSize', 1],
    ['heads', 1],
    ['hLayers', 1],
    ['lLayers', 1],
    ['hCycles', 1],
    ['lCycles', 1],
    ['sequenceLength', 1],
    ['puzzleIds', 1],
    ['puzzleWidth', 0],
    ['haltMaxSteps', 1],
    ['innerMultiple', 1],
  ] as const
  for (const [name, least] of whole) {
    const value = config[name]
    if (!Number.isInteger(value) || value < least)
      throw new ConfigError(`${name} is ${value}; it must be a whole number of at least ${least}.`)
  }
  const { headSize } = sizesOf(config)
  if (!Number.isInteger(headSize))
    throw new ConfigError(`hiddenSize ${config.hiddenSize} cannot be divided by ${config.heads} heads.`)
  if (config.positions === 'rope' && headSize % 2 !== 0)
    throw new ConfigError(`Rotary positions need an even size of a head; it is ${headSize}.`)
  if (!(config.explorationProbability >= 0 && config.explorationProbability <= 1))
    throw new ConfigError(`explorationProbability is ${config.explorationProbability}; it must be 0 to 1.`)
  const names = config.outputs.map(headName)
  if (new Set(names).size < names.length)
    throw new ConfigError(`Two heads have the same name: ${names.join(', ')}.`)
  if (!config.outerLoop && config.mode !== 'transformer')
    throw new ConfigError(
      `${config.mode} without its outer loop is no model of the paper; use mode transformer.`,
    )
  if (config.outputs.some((head) => head.kind === 'tokens') && config.vocabulary < 2)
    throw new ConfigError(`vocabulary is ${config.vocabulary}; a head of tokens needs at least 2.`)
  if (config.input.kind === 'tokens' && config.vocabulary < 1)
    throw new ConfigError(`vocabulary is ${config.vocabulary}; token input needs at least 1.`)
}
