import GlossarySection from './GlossarySection.svelte'

export const sections = {
  glossary: GlossarySection,
}
