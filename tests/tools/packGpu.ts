/**
 * `npm run pack:gpu`: writes the folder dist-gpu, which checks and measures HRM on the GPU of a bare Linux machine
 * (x86-64, a Vulkan driver, no network): Node, Dawn's binding for it, our tests and benchmarks in one file, the
 * reference's numbers where ../shared is there, and `run.sh`. Prints its size, compressed.
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Not among the dependencies: 130 MB for five systems, of which one file is needed here. */
const dawnVersion = '0.6.2'
const mostBytes = 60_000_000

const root = join(import.meta.dirname, '..', '..')
const out = join(root, 'dist-gpu')
const source = join(root, 'tests', 'gpu', 'pack')
const parity = join(root, '..', 'shared', 'parity', 'hrm')

/** The path of Dawn's binding, fetched from npm once. */
function dawnBinding(): string {
  const cache = join(root, 'node_modules', '.cache', `webgpu-${dawnVersion}`)
  const file = join(cache, 'package', 'dist', 'linux-x64', 'dawn.node')
  if (existsSync(file)) return file
  mkdirSync(cache, { recursive: true })
  execFileSync('npm', ['pack', '--silent', `webgpu@${dawnVersion}`], { cwd: cache })
  const archive = `webgpu-${dawnVersion}.tgz`
  execFileSync('tar', ['-xzf', archive, 'package/dist/linux-x64'], { cwd: cache })
  rmSync(join(cache, archive))
  return file
}

/** Tests, benchmarks, our code and tfjs as one module for Node. */
async function bundle(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(source, 'main.ts'),
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      rolldownOptions: {
        output: {
          entryFileNames: 'run.mjs',
          // tfjs's code for Node asks for what only CommonJS has.
          banner: [
            "import { createRequire as requireFor } from 'node:module'",
            'const require = requireFor(import.meta.url)',
            'const [__filename, __dirname] = [import.meta.filename, import.meta.dirname]',
          ].join('\n'),
        },
      },
    },
  })
}

/** Without the modes, which may forbid to write over them the next time. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyFiles(source, target)
    else writeFileSync(target, readFileSync(source))
  }
}

/** Bytes of all files of a folder, each compressed by gzip. */
function compressedBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + gzipSync(readFileSync(join(entry.parentPath, entry.name))).length, 0)
}

if (process.platform !== 'linux' || process.arch !== 'x64')
  throw new Error('The folder holds this Node: pack it on Linux, x86-64.')
rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'lib'), { recursive: true })
await bundle()
copyFileSync(process.execPath, join(out, 'node'))
copyFileSync(dawnBinding(), join(out, 'dawn.node'))
for (const file of ['run.sh', 'torchStep.py']) copyFileSync(join(source, file), join(out, file))
const wasm = 'tfjs-backend-wasm-simd.wasm'
copyFileSync(join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist', wasm), join(out, wasm))
const loader = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/chromium/libvulkan.so.1'].find(
  existsSync,
)
if (loader) copyFileSync(loader, join(out, 'lib', 'libvulkan.so.1'))
if (existsSync(parity)) copyFiles(parity, join(out, 'parity'))

const bytes = compressedBytes(out)
console.log(`dist-gpu is ${(bytes / 1e6).toFixed(1)} MB compressed.`)
console.log(`Vulkan loader: ${loader ?? 'none found here: the other machine must have one'}.`)
console.log(
  `Reference: ${existsSync(parity) ? 'its numbers are in it' : 'absent, parity will not be checked'}.`,
)
if (bytes > mostBytes) throw new Error(`More than ${mostBytes / 1e6} MB.`)
