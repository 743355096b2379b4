import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '../../../workers/backtest/engine.ts'
import { RowNetwork } from '../../../workers/hrm/rows/rowNetwork.ts'
import { decodeRowsModel } from '../../../workers/hrm/rows/rowsModelFile.ts'
import { useBackend } from '../../unit/hrm/backends.ts'

/** The model that comes with the page, let loose on markets it has never seen. */
export interface JetModel {
  score(engine: Engine): Promise<void>
}

export async function packagedModel(): Promise<JetModel> {
  await useBackend('wasm with kernels')
  const file = join(import.meta.dirname, '..', '..', '..', 'public', 'models', 'jet-hrm.safetensors')
  const model = await decodeRowsModel(new Uint8Array(readFileSync(file)))
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
