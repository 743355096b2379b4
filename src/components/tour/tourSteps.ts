import type { ViewId } from '../../routes.ts'

/** What the tour can point at, as `data-tour` names it on the page. */
export type TourTarget = 'verdict' | 'intervals' | 'slider' | 'share' | 'own data' | 'guide'

export interface TourStep {
  target: TourTarget
  /** Where the target is. */
  view: ViewId
  title: string
  text: string
}

export const tourSteps: TourStep[] = [
  {
    target: 'verdict',
    view: 'overview',
    title: 'The verdict comes first',
    text: 'Could luck have done this? Chance is rerun on the same calendar, and each filled dot is one rerun of a hundred that did as well. Three systems, three answers.',
  },
  {
    target: 'intervals',
    view: 'overview',
    title: 'Every figure has an interval',
    text: 'The dot is what was measured, the bar its 95\u202f% interval. Where the bar crosses the thin line, no skill would explain the figure too.',
  },
  {
    target: 'slider',
    view: 'options',
    title: 'Move a slider',
    text: 'The backtest runs again in this tab, and every number follows. Each setting you try is counted, and the verdict charges for it.',
  },
  {
    target: 'share',
    view: 'options',
    title: 'Share what you see',
    text: 'The link carries settings, never data. The browser that opens it computes the report again, and says whether it got the same numbers.',
  },
  {
    target: 'own data',
    view: 'options',
    title: 'Use your own data',
    text: 'Drop CSV, JSON, Parquet or Arrow files: they are read in this tab and sent nowhere. An example of every table can be downloaded there.',
  },
  {
    target: 'guide',
    view: 'options',
    title: 'Look it up in the guide',
    text: 'Methods with their formulas, formats of files, where real data can be had, and every term. This tour waits on the overview.',
  },
]
