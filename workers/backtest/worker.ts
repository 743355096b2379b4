import { expose } from 'comlink'
import type { BacktestApi, PanelMessage } from './api.ts'
import { createEngine } from './engine.ts'

const { load, ...methods } = createEngine()

const api: BacktestApi = {
  ...methods,
  connect(port) {
    port.onmessage = ({ data }: MessageEvent<PanelMessage>) => load(data)
  },
}

expose(api)
