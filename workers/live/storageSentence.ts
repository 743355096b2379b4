import type { Keeper } from './keep/keeper.ts'

/** What is wrong with the place where rows are kept, and what to do; '' = nothing. */
export function storageSentence({ kind, trouble, waitingRows, overfull }: Keeper): string {
  switch (kind) {
    case 'on':
      return ''
    case 'off':
      return `This browser keeps nothing (${trouble}): what is collected is gone with the visit. Export it before.`
    case 'full': {
      const rows = `${waitingRows.toLocaleString('en-GB')} rows wait in memory`
      return overfull
        ? `Storage is full and so is the memory: ${rows} and nothing more is asked. Forget a dataset to go on.`
        : `Storage is full: ${rows} and are lost with the page. Forget a dataset, or export.`
    }
  }
}
