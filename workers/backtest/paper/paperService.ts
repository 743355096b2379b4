import { failed } from '../outcome.ts'
import type { PaperApi } from './contract.ts'

const later = () => Promise.resolve(failed('not-ready', 'Not built yet.'))

/** Live signals, paper books and replays on the panel in use. */
export class PaperService implements PaperApi {
  liveSignals: PaperApi['liveSignals'] = later
  openPaper: PaperApi['openPaper'] = later
  closePaper: PaperApi['closePaper'] = later
  takeDecisions: PaperApi['takeDecisions'] = later
  untake: PaperApi['untake'] = later
  papers: PaperApi['papers'] = later
  paperView: PaperApi['paperView'] = later
  paperJournal: PaperApi['paperJournal'] = later
  startReplay: PaperApi['startReplay'] = later
  replayOn: PaperApi['replayOn'] = later
}
