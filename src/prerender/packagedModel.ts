import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { Engine } from '../../workers/backtest/engine.ts'
import { registerWasmKernels } from '../../workers/hrm/kernels/wasm/register.ts'
import { RowNetwork } from '../../workers/hrm/rows/rowNetwork.ts'
import { decodeRowsModel } from '../../workers/hrm/rows/rowsModelFile.ts'

/** The model that comes with the page, outside a browser: let loose on markets it has never seen. */
export interface JetModel {
  score(engine: Engine): Promise<void>
}

/** Runs as in a tab without a GPU: WASM with the fused kernels. */
export async function packagedModel(): Promise<JetModel> {
  const library = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  setWasmPaths(`${dirname(library)}/dist/`)
  await tf.setBackend('wasm')
  await tf.ready()
  registerWasmKernels()
  const model = await decodeRowsModel(new Uint8Array(readFileSync('public/models/jet-hrm.safetensors')))
  const network = new RowNetwork(model)
  return {
    async score(engine) {
      engine.useScorer({ score: (_model, rows) => network.score(rows) })
      const status = await engine.jetStatus()
      if (!status.ok) throw new Error(status.message)
      const scored = await engine.jetScore({
        ...model.scoring,
        dataset: status.value.datasetHash,
        packaged: true,
      })
      if (!scored.ok) throw new Error(scored.message)
    },
  }
}
