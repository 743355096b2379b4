import { expose, wrap } from 'comlink'
import type { BacktestApi, PanelMessage, RowScorer } from './api.ts'
import { createEngine } from './engine.ts'
import { openTrialStore } from './keep/indexedDbStore.ts'
import { laterStore } from './keep/laterStore.ts'
import { storedPapers } from './paper/paperStore.ts'
import { startSweepWorker } from './sweep/startWorker.ts'

const { load, rowSource, useScorer, ...methods } = createEngine({
  store: laterStore(openTrialStore),
  papers: storedPapers(),
  createSweepWorker: startSweepWorker,
  sweepWorkers: Math.max(1, navigator.hardwareConcurrency),
})

const api: BacktestApi = {
  ...methods,
  connect(port) {
    port.onmessage = ({ data }: MessageEvent<PanelMessage>) => load(data)
  },
  connectModels(source, scorer) {
    expose(rowSource, source)
    useScorer(wrap<RowScorer>(scorer))
  },
}

expose(api)
