// What of the build each view needs before it is on screen, packed, against the budgets of tests/sizeBudgets.json:
// `node tests/tools/sizeBudgets.mjs [folder of the build]`. With `--write`, budgets become what is there and a tenth.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const [folder = 'dist'] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const budgetsFile = join(import.meta.dirname, '..', 'sizeBudgets.json')
/** kB of scripts before the first report is readable: what the landing page may never need, whatever is written. */
const mostForLanding = 150

const chunks = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'))
const kB = (file) => gzipSync(readFileSync(join(folder, file))).byteLength / 1000

/** Files that arrive when a chunk is imported: its own, and all that it imports statically. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return []
  seen.add(key)
  const { file, css = [], imports = [] } = chunks[key]
  return [file, ...css, ...imports.flatMap((other) => filesOf(other, seen))]
}

const viewOf = /^src\/views\/(\w+)View\.svelte$/
const views = Object.keys(chunks).filter((key) => viewOf.test(key) && chunks[key].isDynamicEntry)
const routes = [
  ['Landing', ['index.html']],
  ...views.sort().map((key) => [viewOf.exec(key)[1], ['index.html', key]]),
]
const sizes = Object.fromEntries(
  routes.map(([route, keys]) => {
    const files = [...new Set(keys.flatMap((key) => filesOf(key)))]
    const sum = (ending) =>
      files.filter((file) => file.endsWith(ending)).reduce((all, file) => all + kB(file), 0)
    return [route, { js: sum('.js'), css: sum('.css') }]
  }),
)

if (process.argv.includes('--write')) {
  const budgets = Object.entries(sizes).map(([route, size]) => [
    route,
    Object.fromEntries(Object.entries(size).map(([kind, now]) => [kind, Math.ceil(now * 1.1)])),
  ])
  writeFileSync(budgetsFile, JSON.stringify(Object.fromEntries(budgets), null, 2) + '\n')
}

const budgets = JSON.parse(readFileSync(budgetsFile, 'utf8'))
budgets.Landing.js = Math.min(budgets.Landing.js, mostForLanding)
const over = []
console.log('kB, packed        scripts  budget  styles  budget')
for (const [route, size] of Object.entries(sizes)) {
  const budget = budgets[route]
  if (!budget) {
    over.push(`${route} has no budget yet: run with --write and look at what changed.`)
    continue
  }
  console.log(
    route.padEnd(16) +
      ['js', 'css']
        .map((kind) => size[kind].toFixed(1).padStart(9) + String(budget[kind]).padStart(8))
        .join(''),
  )
  for (const kind of ['js', 'css'])
    if (size[kind] > budget[kind])
      over.push(
        `${route} needs ${size[kind].toFixed(1)} kB of ${kind}, and ${budget[kind]} kB are its budget.`,
      )
}
for (const route of Object.keys(budgets))
  if (!sizes[route]) over.push(`${route} has a budget and is not in the build.`)
for (const sentence of over) console.log(sentence)
process.exit(over.length === 0 ? 0 : 1)
