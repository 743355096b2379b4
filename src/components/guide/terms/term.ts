import type { SectionId } from '../contents.ts'

/** The word as it is written, what it means in one sentence, and the section that says more. */
export type Term = [term: string, definition: string, section: SectionId]
