import ClaimsSection from './ClaimsSection.svelte'
import GuardsSection from './GuardsSection.svelte'
import VerdictSection from './VerdictSection.svelte'

export const sections = {
  verdict: VerdictSection,
  guards: GuardsSection,
  claims: ClaimsSection,
}
