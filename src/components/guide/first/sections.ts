import AdviceSection from './AdviceSection.svelte'
import KeyboardSection from './KeyboardSection.svelte'
import LimitsSection from './LimitsSection.svelte'
import LinksSection from './LinksSection.svelte'
import PartsSection from './PartsSection.svelte'
import StartSection from './StartSection.svelte'

export const sections = {
  start: StartSection,
  parts: PartsSection,
  links: LinksSection,
  keyboard: KeyboardSection,
  limits: LimitsSection,
  advice: AdviceSection,
}
