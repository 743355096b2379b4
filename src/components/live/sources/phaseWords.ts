import type { FeedPhase } from '../../../../workers/live/api.ts'

/** How a phase is told: in a word, by a sign, and by a tone that is never alone. */
export const phaseWords: Record<
  FeedPhase,
  { word: string; sign: string; tone: 'plain' | 'accent' | 'warn' | 'loss' }
> = {
  off: { word: 'Off', sign: '○', tone: 'plain' },
  waiting: { word: 'Listening', sign: '●', tone: 'accent' },
  asking: { word: 'Asking', sign: '↻', tone: 'accent' },
  paused: { word: 'Paused', sign: '‖', tone: 'plain' },
  spent: { word: 'Budget spent', sign: '◒', tone: 'warn' },
  'backing-off': { word: 'Failed, tries again', sign: '!', tone: 'loss' },
  offline: { word: 'Offline', sign: '×', tone: 'loss' },
  'needs-key': { word: 'Needs its key', sign: '?', tone: 'warn' },
}
