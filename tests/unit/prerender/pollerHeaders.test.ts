import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, pollerPolicy } from '../../../src/prerender/headers.ts'
import { headersFile, workerFileName } from '../../../src/prerender/pollerHeaders.ts'

/** Rules that meet a path, as hosts read the file. */
const rulesFor = (file: string, path: string) =>
  file.split('\n\n').filter((rule) => {
    const [pattern] = rule.split('\n')
    return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
  })

describe('the headers that hosts send', () => {
  const file = headersFile(['datasets/', 'icon.svg', 'models/'])

  it('are of one rule each, and only the script of the poller may leave the origin', () => {
    for (const path of [
      '/',
      '/index.html',
      '/assets/worker-1.js',
      '/datasets/a.csv',
      '/icon.svg',
      '/models/m',
    ]) {
      const rules = rulesFor(file, path)
      expect(rules).toHaveLength(1)
      expect(rules[0]).toContain(contentSecurityPolicy)
    }
    const rules = rulesFor(file, '/poller/worker-1.js')
    expect(rules).toHaveLength(1)
    expect(rules[0]).toContain(`Content-Security-Policy: ${pollerPolicy}\n`)
    expect(rules[0]).not.toContain(contentSecurityPolicy)
    expect(rules[0]).toContain('Cross-Origin-Embedder-Policy: require-corp')
  })

  it('need the script of the poller in a folder of its own', () => {
    expect(workerFileName({ facadeModuleId: '/x/workers/live/worker.ts' })).toBe('poller/[name]-[hash].js')
    expect(workerFileName({ facadeModuleId: '/x/workers/data/worker.ts' })).toBe(
      'assets/data-[name]-[hash].js',
    )
  })
})
