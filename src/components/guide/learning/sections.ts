import LadderSection from './LadderSection.svelte'
import ModelSection from './ModelSection.svelte'
import PlaygroundSection from './PlaygroundSection.svelte'
import TrainingSection from './TrainingSection.svelte'

export const sections = {
  training: TrainingSection,
  ladder: LadderSection,
  model: ModelSection,
  playground: PlaygroundSection,
}
