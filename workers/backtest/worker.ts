import { expose } from 'comlink'
import type { BacktestApi, PanelMessage } from './api.ts'
import { createEngine } from './engine.ts'
import { openTrialStore } from './keep/indexedDbStore.ts'
import { laterStore } from './keep/laterStore.ts'
import { startSweepWorker } from './sweep/startWorker.ts'

const { load, ...methods } = createEngine({
  store: laterStore(openTrialStore),
  createSweepWorker: startSweepWorker,
  sweepWorkers: Math.max(1, navigator.hardwareConcurrency),
})

const api: BacktestApi = {
  ...methods,
  connect(port) {
    port.onmessage = ({ data }: MessageEvent<PanelMessage>) => load(data)
  },
}

expose(api)
