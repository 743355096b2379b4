import type { FeedStatus } from '../../workers/live/api.ts'

/** Whether a person has something to do about it, or rows are being missed. */
export function inTrouble({ phase }: FeedStatus): boolean {
  return phase === 'backing-off' || phase === 'needs-key' || phase === 'offline'
}
