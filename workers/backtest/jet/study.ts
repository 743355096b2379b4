import type { Panel } from '../../quant/panel.ts'
import type { SignalDay } from '../study/placedEvents.ts'
import { studyOf } from '../study/study.ts'
import type { EventStudyRequest, EventStudyResult } from './contract.ts'
import { studiedEvents, type AnnouncedEvents } from './studyEvents.ts'

export interface StudyData {
  panel: Panel
  tables: AnnouncedEvents
  /** Symbol; null, or one that is not loaded = QQQ, else the mean of all shares. */
  benchmark: string | null
  signals: SignalDay[]
}

/** What prices did around announcements or signals, or a sentence why it cannot be asked so. */
export function runEventStudy(data: StudyData, request: EventStudyRequest): EventStudyResult | string {
  const { panel, tables, benchmark, signals } = data
  const events = studiedEvents(panel, tables, signals, request.around)
  const figures = studyOf({ panel, benchmark, events }, request)
  return typeof figures === 'string' ? figures : { request, ...figures }
}
