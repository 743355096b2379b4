/**
 * `npm run wasm`: makes the WebAssembly modules and writes each beside its text as a module of base64, which is
 * committed: the bytes are few, and workers, tests and scripts then load them alike.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import createWabt from 'wabt'

const workers = join(import.meta.dirname, '..', '..', 'workers')

/** A file that is made, and how. */
export interface Made {
  file: string
  /** The module that belongs to the text as it is now. */
  make: () => Promise<string>
}

const resampling = join(workers, 'backtest', 'resampling')

/** Sums over resamples, hand-written. */
export const resampledSums: Made = {
  file: join(resampling, 'sumsBytes.ts'),
  make: async () => {
    const wabt = await createWabt()
    const text = readFileSync(join(resampling, 'sums.wat'), 'utf8')
    const { buffer } = wabt.parseWat('sums.wat', text, { simd: true }).toBinary({})
    return `/** Assembled from \`sums.wat\` by \`npm run wasm\`. */\n${constant('sumsBytes', buffer)}`
  },
}

/** What we use of AssemblyScript's compiler. */
interface Compiler {
  main(
    options: string[],
    files: {
      stderr: { write(text: string): void }
      readFile(name: string, base: string): string | null
      writeFile(name: string, bytes: Uint8Array): void
    },
  ): Promise<{ error: Error | null }>
}
/** Imported by a name that TypeScript does not follow: its types would give every file here its globals. */
const compilerPackage: string = 'assemblyscript/asc'

const kernels = join(workers, 'hrm', 'kernels', 'wasm')
/** What these export is there to be called; the other files only help them. */
const kernelFiles = ['product.ts', 'attention.ts', 'addNorm.ts', 'swiglu.ts', 'stablemax.ts', 'adam.ts']

/** The kernels of HRM, in AssemblyScript, with and without relaxed SIMD. */
export const hrmKernels: Made = {
  file: join(kernels, 'functionsBytes.ts'),
  make: async () => {
    const [simd, relaxed] = [
      await compiled(kernels, kernelFiles, []),
      await compiled(kernels, kernelFiles, ['--enable', 'relaxed-simd']),
    ]
    return (
      '/** Compiled from `assembly/` by `npm run wasm`: for every engine with SIMD, and for those with relaxed SIMD. */\n' +
      `${constant('simdBytes', simd)}\n${constant('relaxedBytes', relaxed)}`
    )
  },
}

const tickets = join(workers, 'systems', 'tickets')

/** What is usual of counts, in AssemblyScript. */
export const usualCounts: Made = {
  file: join(tickets, 'usualCountsBytes.ts'),
  make: async () =>
    '/** Compiled from `assembly/` by `npm run wasm`. */\n' +
    constant('usualCountsBytes', await compiled(tickets, ['usualCounts.ts'], [])),
}

/** They import their memory, and have no data of their own to put there. */
async function compiled(part: string, files: string[], more: string[]): Promise<Uint8Array> {
  const folder = join(part, 'assembly')
  const options =
    '-O3 --noAssert --runtime stub --importMemory --noExportMemory --initialMemory 0 --enable simd'
  let bytes: Uint8Array | null = null
  const { default: asc } = (await import(compilerPackage)) as { default: Compiler }
  const { error } = await asc.main(
    [...files, '--outFile', 'kernels.wasm', '--disableWarning', '112', ...options.split(' '), ...more],
    {
      stderr: process.stderr,
      readFile: (name, base) => {
        try {
          return readFileSync(join(base === '.' ? folder : base, name), 'utf8')
        } catch {
          return null
        }
      },
      writeFile: (_, contents) => {
        bytes = contents
      },
    },
  )
  if (error) throw error
  if (!bytes) throw new Error('The compiler wrote nothing.')
  return bytes
}

function constant(name: string, bytes: Uint8Array): string {
  return `export const ${name} =\n  '${Buffer.from(bytes).toString('base64')}'\n`
}

if (process.argv[1] === import.meta.filename)
  for (const { file, make } of [resampledSums, hrmKernels, usualCounts]) writeFileSync(file, await make())
