import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, pagePolicy, pollerPolicy } from '../../../src/prerender/headers.ts'
import { headersFile, headersOf, workerFileName } from '../../../src/prerender/pollerHeaders.ts'

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

  it('let text of the page become markup or scripts through named policies only', () => {
    for (const path of ['/', '/index.html']) {
      expect(headersOf(path)['Content-Security-Policy']).toBe(`${pagePolicy}; frame-ancestors 'none'`)
      expect(rulesFor(file, path)[0]).toContain("require-trusted-types-for 'script'")
    }
    expect(headersOf('/assets/worker-1.js')['Content-Security-Policy']).not.toContain('trusted-types')
  })

  it('let nothing be kept without asking again but what is named by its content', () => {
    for (const path of [
      '/',
      '/index.html',
      '/sw.js',
      '/manifest.webmanifest',
      '/icon.svg',
      '/datasets/a.csv',
    ]) {
      expect(headersOf(path)['Cache-Control'], path).toBe('no-cache')
      expect(rulesFor(file, path), path).toHaveLength(1)
    }
    for (const path of ['/assets/index-1.js', '/poller/worker-1.js'])
      expect(headersOf(path)['Cache-Control'], path).toContain('immutable')
  })

  it('need the script of the poller in a folder of its own', () => {
    expect(workerFileName({ facadeModuleId: '/x/workers/live/worker.ts' })).toBe('poller/[name]-[hash].js')
    expect(workerFileName({ facadeModuleId: '/x/workers/data/worker.ts' })).toBe(
      'assets/data-[name]-[hash].js',
    )
  })
})
