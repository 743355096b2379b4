/**
 * `npm run wasm`: assembles the hand-written WebAssembly and writes it beside its text as a module of base64,
 * which is committed: the bytes are a few hundred, and workers, tests and scripts then load them alike.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import createWabt from 'wabt'

const folder = join(import.meta.dirname, '..', '..', 'workers', 'backtest', 'resampling')
export const wasmFile = join(folder, 'sumsBytes.ts')

/** The module that belongs to the text as it is now. */
export async function assembled(): Promise<string> {
  const wabt = await createWabt()
  const text = readFileSync(join(folder, 'sums.wat'), 'utf8')
  const { buffer } = wabt.parseWat('sums.wat', text, { simd: true }).toBinary({})
  const base64 = Buffer.from(buffer).toString('base64')
  return `/** Assembled from \`sums.wat\` by \`npm run wasm\`. */\nexport const sumsBytes =\n  '${base64}'\n`
}

if (process.argv[1] === import.meta.filename) writeFileSync(wasmFile, await assembled())
