import type { Component } from 'svelte'

/** Sections of one part of the guide, by id; loaded when one of them is opened. */
type Sections<Id extends string> = Record<Id, Component>

interface GuidePart<Id extends string = string> {
  id: string
  title: string
  sections: Record<Id, string>
  load: () => Promise<{ sections: Sections<Id> }>
}

function part<Id extends string>(one: GuidePart<Id>): GuidePart<Id> {
  return one
}

/** The guide in the order in which it is read. */
export const guideParts = [
  part({
    id: 'first',
    title: 'First steps',
    sections: {
      start: 'Getting started',
      parts: 'In and out of sample',
      links: 'Links and files to share',
      keyboard: 'Keyboard',
      limits: 'Limits',
      advice: 'Not advice',
    },
    load: () => import('./first/sections.ts'),
  }),
  part({
    id: 'data',
    title: 'Data',
    sections: {
      sources: 'Bringing real data',
      files: 'Files',
      formats: 'Formats by table',
      kept: 'What is kept',
      refused: 'What is refused',
      repairs: 'What is repaired',
    },
    load: () => import('./data/sections.ts'),
  }),
  part({
    id: 'systems',
    title: 'Systems and tools',
    sections: {
      jet: 'Jet',
      tickets: 'Tickets',
      options: 'Options',
      custom: 'Custom',
      live: 'Live',
      sweeps: 'Sweeps',
      walk: 'Walk-forward',
      settings: 'Every setting',
    },
    load: () => import('./systems/sections.ts'),
  }),
  part({
    id: 'learning',
    title: 'Training the HRM',
    sections: {
      training: 'Training step by step',
      ladder: 'What the ladder tells',
      model: 'The model',
      playground: 'Playground',
    },
    load: () => import('./learning/sections.ts'),
  }),
  part({
    id: 'luck',
    title: 'Could it be luck',
    sections: { verdict: 'The verdict', guards: 'Reading the guards', claims: 'Claims and doubts' },
    load: () => import('./luck/sections.ts'),
  }),
  part({
    id: 'methods',
    title: 'Methods',
    sections: {
      indicators: 'Signals on prices',
      anomalies: 'Unusual counts',
      fills: 'How orders fill',
      sizing: 'Sizes and limits',
      metrics: 'Metrics',
      eventStudy: 'Event study',
      bootstrap: 'Bootstrap',
      trials: 'Trials and p-value',
      sharpeEvidence: 'Evidence of a Sharpe ratio',
      overfitting: 'Overfitting',
      pricing: 'Option prices',
      strikemap: 'Smile and Strikemap',
    },
    load: () => import('./methods/sections.ts'),
  }),
  part({
    id: 'reference',
    title: 'Reference',
    sections: { glossary: 'Glossary' },
    load: () => import('./reference/sections.ts'),
  }),
] as const

type Part = (typeof guideParts)[number]
type SectionsOf<P> = P extends { sections: Record<infer Id, string> } ? Id : never
export type SectionId = SectionsOf<Part>

export interface SectionPlace {
  id: SectionId
  title: string
  part: GuidePart
}

/** All sections in the order in which they are read. */
export const guideSections: SectionPlace[] = guideParts.flatMap((one) =>
  Object.entries(one.sections).map(([id, title]) => ({ id: id as SectionId, title, part: one })),
)

export const firstSection = guideSections[0]

export function sectionOf(id: string): SectionPlace | undefined {
  return guideSections.find((section) => section.id === id)
}
