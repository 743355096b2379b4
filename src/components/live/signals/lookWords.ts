import { count, date, number } from '../../../charts/format.ts'
import type { Look } from '../../../state/paper.svelte.ts'
import { momentWords } from '../spanWords.ts'

/** How the last look at a system ended, in a sentence. */
export function lookWords(look: Look | undefined): string {
  if (!look) return 'Not looked at in this visit.'
  if (look.phase === 'waiting') return 'Waits for its turn.'
  if (look.phase === 'looking') return 'Being looked at…'
  if (look.phase === 'failed') return look.problem
  if (!Number.isFinite(look.at)) return 'Not looked at in this visit.'
  const today =
    look.today === null
      ? ''
      : `, ${look.provisional === 0 ? 'none' : number(look.provisional, { digits: 0 })} if ${date(look.today)} closed now`
  const took = `${number(look.milliseconds / 1000, { digits: 1 })} s`
  return `${sentence(count(look.decided, 'signal'))} at the close of ${date(look.day)}${today}; looked at ${momentWords(look.at)}, in ${took}.`
}

const sentence = (words: string): string => words[0].toUpperCase() + words.slice(1)
