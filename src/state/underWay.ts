import { trainings } from './trainings.ts'

/** As much of the workspace as can be under way. */
interface Work {
  readonly running: boolean
  readonly sweeps: { readonly alive: boolean }
  readonly walks: { readonly running: boolean }
}

/** What loading the page anew would end, in words; '' = nothing. */
export function underWay({ running, sweeps, walks }: Work): string {
  const all = [
    running ? 'a run' : '',
    sweeps.alive ? 'a sweep' : '',
    walks.running ? 'a walk-forward' : '',
    [...trainings].some(({ alive }) => alive) ? 'a training' : '',
  ].filter((work) => work !== '')
  const last = all.pop() ?? ''
  const text = all.length === 0 ? last : `${all.join(', ')} and ${last}`
  return text && text[0].toUpperCase() + text.slice(1)
}
