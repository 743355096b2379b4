import { expose } from 'comlink'
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { chooseBackend } from './backend/chooseBackend.ts'
import { openCheckpointFiles } from './checkpoint/opfsFiles.ts'
import { breathe } from './training/breathe.ts'
import { HrmSession } from './training/session.ts'

/** tfjs wants to know them all; without SIMD nothing runs on WebAssembly, and threads are off. */
const wasmPaths = {
  'tfjs-backend-wasm.wasm': simdWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
}

expose(
  new HrmSession({
    chooseBackend: (wanted, onLost) => chooseBackend({ wanted, wasmPaths, onLost }),
    openFiles: openCheckpointFiles,
    now: () => performance.now(),
    breathe,
    // Reaches the page as an error of this worker.
    die: (why) => reportError(new Error(why)),
  }),
)
