import type { ReportTrade } from '../api.ts'

/** Whether a lot is held over the close of a day of the run; what only the end of the data closes is held until then. */
export const isOpen = ({ entryDay, exitDay, exitReason }: ReportTrade, day: number): boolean =>
  entryDay <= day && (exitDay > day || (exitDay === day && exitReason === 'end'))
