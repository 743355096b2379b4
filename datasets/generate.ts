import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { marketFiles, sha256, type Manifest } from './files.ts'
import { generateMarket } from './market.ts'

/** The market that the page shows on arrival. */
export const defaultMarket = { seed: 1, strength: 1 }

const STAMP = '.stamp'
const MANIFEST = 'manifest.json'

/** Writes the default market's files to a folder, unless they are there and the generator is unchanged. */
function generate(source: string, output: string): void {
  const stamp = stampOf(source)
  if (isComplete(output) && readFileSync(join(output, STAMP), 'utf8') === stamp) {
    console.log('Simulated market: up to date')
    return
  }
  const started = performance.now()
  const files = marketFiles(generateMarket(defaultMarket))
  mkdirSync(output, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(output, name), bytes)
  // Last, so that an interrupted run is not taken for a finished one.
  writeFileSync(join(output, STAMP), stamp)
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  const took = Math.round(performance.now() - started)
  console.log(`Simulated market: seed ${defaultMarket.seed}, ${(size / 1e6).toFixed(1)} MB in ${took} ms`)
}

function isComplete(output: string): boolean {
  if (![STAMP, MANIFEST].every((name) => existsSync(join(output, name)))) return false
  const { files } = JSON.parse(readFileSync(join(output, MANIFEST), 'utf8')) as Manifest
  return files.every(({ name }) => existsSync(join(output, name)))
}

/** Changes whenever the generator does, or the mathematics under it. */
function stampOf(source: string): string {
  const folders = [source, join(source, '..', 'workers', 'quant')]
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const texts = paths
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => relative(source, path) + readFileSync(path, 'utf8'))
  return sha256(texts.join('\n'))
}

// Only as a script, and then also when it is reached through a link.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  generate(import.meta.dirname, join(import.meta.dirname, '..', 'public', 'datasets', 'simulated'))
}
