import type {
  BackendName,
  LadderModel,
  RowsTask,
  TrainingRequest,
  TrainingSettings,
} from '../../workers/hrm/api.ts'

/** What a person wants trained on the rows of Jet; lives as long as the tab. */
export interface RowsPlan {
  settings: TrainingSettings
  /** The model is told which company a row is about, and may learn it by heart. */
  identity: boolean
  backend: BackendName | 'auto'
}

export function defaultRowsPlan(): RowsPlan {
  return {
    settings: {
      mode: 'hrm-v1',
      hiddenSize: 32,
      layers: 1,
      heads: 2,
      haltMaxSteps: 2,
      batchRows: 64,
      learningRate: 1e-3,
      warmUpSteps: 40,
      weightDecay: 0.1,
      optimiser: 'adam-atan2',
      clipNorm: null,
      steps: 500,
      validateEvery: 50,
      patience: 4,
      seed: 1,
    },
    identity: false,
    backend: 'auto',
  }
}

/** Why the plan cannot be trained and what to do, in a sentence; null where it can. */
export function rowsPlanProblem({ settings: { hiddenSize, heads } }: RowsPlan): string | null {
  return hiddenSize % heads === 0
    ? null
    : `A width of ${hiddenSize} cannot be shared by ${heads} attention heads: take a multiple of ${heads}.`
}

/** @param dataset hash of the rows */
export function rowsRequest(
  { settings, identity, backend }: RowsPlan,
  dataset: string,
): TrainingRequest<RowsTask> {
  return { task: { kind: 'rows', dataset, identity }, settings, backend }
}

/** The rungs that can be asked for, in the order in which they are fitted: the cheap ones first. */
export const ladderModels: { id: string; model: LadderModel; name: string }[] = [
  { id: 'base-rate', model: { kind: 'base-rate' }, name: 'Base rate' },
  {
    id: 'visits',
    model: { kind: 'rule', rule: 'Visits to the headquarters' },
    name: 'Visits to the headquarters',
  },
  {
    id: 'flights',
    model: { kind: 'rule', rule: 'Unusually many flights' },
    name: 'Unusually many flights',
  },
  { id: 'logistic', model: { kind: 'logistic-regression' }, name: 'Logistic regression' },
  { id: 'trees', model: { kind: 'boosted-trees' }, name: 'Boosted trees' },
  { id: 'gru', model: { kind: 'gru' }, name: 'GRU' },
  {
    id: 'one-pass',
    model: { kind: 'hrm', mode: 'transformer-without-loop' },
    name: 'Transformer',
  },
  {
    id: 'looped',
    model: { kind: 'hrm', mode: 'transformer' },
    name: 'Transformer with outer loop',
  },
  { id: 'hrm', model: { kind: 'hrm', mode: 'hrm-v1' }, name: 'HRM' },
  { id: 'trm', model: { kind: 'hrm', mode: 'trm' }, name: 'TRM' },
]
