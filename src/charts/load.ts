import type * as ECharts from './echarts.ts'

/** ECharts arrives after the first paint, once, for all charts. */
export async function loadECharts(): Promise<typeof ECharts> {
  // A canvas draws with the fonts there are at that moment, and does not draw again when others arrive.
  const [charts] = await Promise.all([import('./echarts.ts'), document.fonts.ready])
  return charts
}
