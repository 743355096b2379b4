// Installs the packages when they are absent or older than the lock file, so that
// `npm start`, `npm test` and `npm run bench` each work from an empty clone.
import { execSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const installed = 'node_modules/.package-lock.json'
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!fresh) execSync('npm ci --no-audit --no-fund', { stdio: 'inherit' })
