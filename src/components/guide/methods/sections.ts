import AnomaliesSection from './AnomaliesSection.svelte'
import BootstrapSection from './BootstrapSection.svelte'
import EventStudySection from './EventStudySection.svelte'
import FillsSection from './FillsSection.svelte'
import IndicatorsSection from './IndicatorsSection.svelte'
import MetricsSection from './MetricsSection.svelte'
import OverfittingSection from './OverfittingSection.svelte'
import PricingSection from './PricingSection.svelte'
import SharpeEvidenceSection from './SharpeEvidenceSection.svelte'
import SizingSection from './SizingSection.svelte'
import StrikemapSection from './StrikemapSection.svelte'
import TrialsSection from './TrialsSection.svelte'

export const sections = {
  indicators: IndicatorsSection,
  anomalies: AnomaliesSection,
  fills: FillsSection,
  sizing: SizingSection,
  metrics: MetricsSection,
  eventStudy: EventStudySection,
  bootstrap: BootstrapSection,
  trials: TrialsSection,
  sharpeEvidence: SharpeEvidenceSection,
  overfitting: OverfittingSection,
  pricing: PricingSection,
  strikemap: StrikemapSection,
}
