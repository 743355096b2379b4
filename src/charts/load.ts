import { parts } from '../state/parts.svelte.ts'
import type * as ECharts from './echarts.ts'

/** ECharts arrives after the first paint, once, for all charts. Throws `PartCancelled` where a person stopped it. */
export async function loadECharts(): Promise<typeof ECharts> {
  await parts.load('charts')
  // A canvas draws with the fonts there are at that moment, and does not draw again when others arrive.
  const [charts] = await Promise.all([import('./echarts.ts'), document.fonts.ready])
  return charts
}
