// `npm test`: lint, types, audit, unit tests, build, size budgets, browser tests. The last line sums all of them.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureChromium } from './chromium.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
/** Said again at the end, because a log is often read from there. */
const failures = []
const out = 'test-results'
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

async function run(name, args, env = {}) {
  console.log(`\n── ${name}: ${args.join(' ')}`)
  const started = Date.now()
  const child = spawn('npx', ['--no-install', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const status = await new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', resolve)
  })
  console.log(
    `── ${name}: ${status === 0 ? 'ok' : 'failed'} in ${((Date.now() - started) / 1000).toFixed(0)} s`,
  )
  return status === 0
}

function count(name, ok) {
  totals[ok ? 'passed' : 'failed'] += 1
  if (!ok) failures.push(name)
}

/** A check without tests of its own counts as one. */
async function check(name, args) {
  const ok = await run(name, args)
  count(name, ok)
  return ok
}

/** The same beside others; what it says is printed when it ends. */
function checkBeside(name, args) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn('npx', ['--no-install', ...args])
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    child.on('close', (status) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(0)
      console.log(
        `\n── ${name}: ${args.join(' ')}\n${said}── ${name}: ${status === 0 ? 'ok' : 'failed'} in ${seconds} s`,
      )
      count(name, status === 0)
      resolve()
    })
  })
}

function counts(file, read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function add(name, ok, told) {
  if (!told) return count(name, false)
  totals.passed += told.passed
  totals.skipped += told.skipped
  totals.failed += told.failed || (ok ? 0 : 1)
  failures.push(...told.failures)
  if (!ok && told.failures.length === 0) failures.push(`${name}: ended badly`)
}

/** Titles of the tests of Playwright that failed, through nested suites. */
function unexpected({ suites = [], specs = [] }) {
  return [
    ...specs.filter((spec) => !spec.ok).map((spec) => `${spec.file}: ${spec.title}`),
    ...suites.flatMap(unexpected),
  ]
}

// Types and lint read everything: beside each other, and lint goes on beside the unit tests, so that no core is idle.
const linted = checkBeside('lint', ['eslint', '.'])
const audited = checkBeside('audit', ['tsx', 'tests/tools/audit.mjs'])
await checkBeside('datasets', ['tsx', 'datasets/generate.ts'])
await checkBeside('types', ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'])
await checkBeside('format', ['prettier', '--check', '--log-level', 'warn', '.'])

const unitFile = `${out}/unit.json`
const unitOk = await run('unit', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitFile}`,
])
add(
  'unit',
  unitOk,
  counts(unitFile, (r) => ({
    passed: r.numPassedTests,
    failed: r.numFailedTests,
    skipped: r.numPendingTests + (r.numTodoTests ?? 0),
    failures: r.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'failed')
        .map(
          (test) => `${file.name}: ${test.fullName}\n    ${(test.failureMessages[0] ?? '').slice(0, 1500)}`,
        ),
    ),
  })),
)

await linted
await audited

if (await check('build', ['vite', 'build', '--logLevel', 'warn'])) {
  await check('size budgets', ['tsx', 'tests/tools/sizeBudgets.mjs'])
  const browserFile = `${out}/browser.json`
  const browserOk = await run('browser', ['playwright', 'test'], {
    CHROMIUM_PATH: ensureChromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: browserFile,
  })
  add(
    'browser',
    browserOk,
    counts(browserFile, (r) => ({
      passed: r.stats.expected + r.stats.flaky,
      failed: r.stats.unexpected,
      skipped: r.stats.skipped,
      failures: unexpected(r),
    })),
  )
}

for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)
