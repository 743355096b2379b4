import CustomSection from './CustomSection.svelte'
import JetSection from './JetSection.svelte'
import LiveSection from './LiveSection.svelte'
import OptionsSection from './OptionsSection.svelte'
import SettingsSection from './SettingsSection.svelte'
import SweepSection from './SweepSection.svelte'
import TicketsSection from './TicketsSection.svelte'
import WalkSection from './WalkSection.svelte'

export const sections = {
  jet: JetSection,
  tickets: TicketsSection,
  options: OptionsSection,
  custom: CustomSection,
  live: LiveSection,
  sweeps: SweepSection,
  walk: WalkSection,
  settings: SettingsSection,
}
