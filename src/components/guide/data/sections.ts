import FilesSection from './FilesSection.svelte'
import FormatsSection from './FormatsSection.svelte'
import KeptSection from './KeptSection.svelte'
import RefusedSection from './RefusedSection.svelte'
import RepairsSection from './RepairsSection.svelte'
import SourcesSection from './SourcesSection.svelte'

export const sections = {
  sources: SourcesSection,
  files: FilesSection,
  formats: FormatsSection,
  kept: KeptSection,
  refused: RefusedSection,
  repairs: RepairsSection,
}
