// Known faults of the packages that are shipped, as the registry lists them: `node tests/tools/audit.mjs`.
// High and critical ones fail; where no registry answers, that is said and nothing is found.
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync(
  'npm',
  ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    encoding: 'utf8',
    timeout: 60_000,
  },
)
let told = null
try {
  told = JSON.parse(stdout)
} catch {
  // Nothing that can be read was said.
}
const counts = told?.metadata?.vulnerabilities
if (!counts) {
  console.log(
    `No registry answered, so nothing was looked up: ${told?.message ?? told?.error?.summary ?? 'no answer'}`,
  )
  process.exit(0)
}
for (const { name, severity, range } of Object.values(told.vulnerabilities))
  console.log(`${severity}: ${name} ${range}`)
console.log(`${counts.total} known faults, of which ${counts.high} high and ${counts.critical} critical`)
process.exit(counts.high + counts.critical === 0 ? 0 : 1)
