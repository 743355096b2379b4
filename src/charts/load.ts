/** ECharts arrives after the first paint, once, for all charts. */
export const loadECharts = (): Promise<typeof import('./echarts.ts')> => import('./echarts.ts')
