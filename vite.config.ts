import { svelte } from '@sveltejs/vite-plugin-svelte'
import { configDefaults, defineConfig } from 'vitest/config'
import { pagePolicy } from './src/prerender/headers.ts'
import { offline } from './src/prerender/offline.ts'
import { prerender } from './src/prerender/plugin.ts'
import { servedHeaders, workerFileName } from './src/prerender/pollerHeaders.ts'
import { shipped } from './src/prerender/shipped.ts'

/** Tests of what keeps something between files: kernels and backends, stored sweeps, pools of workers. */
const withState = [
  'tests/unit/hrm/**/*.test.ts',
  'tests/unit/backtest/sweep/**/*.test.ts',
  'tests/unit/characteristics.test.ts',
]

const licences = shipped()

export default defineConfig({
  base: './',
  plugins: [
    svelte(),
    prerender({ contentSecurityPolicy: pagePolicy }),
    servedHeaders(),
    licences.page,
    offline(),
  ],
  worker: {
    format: 'es',
    plugins: licences.inWorkers,
    rolldownOptions: { output: { entryFileNames: workerFileName } },
  },
  // Nothing is inlined: the policy allows fonts and workers from files only.
  build: {
    target: 'es2022',
    sourcemap: true,
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // What the first page needs comes in one file: each further one costs its headers and a place in the queue.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm'] },
  test: {
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One worker fewer than cores is the rule, which on two cores is one.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'data',
          include: ['tests/unit/data/**/*.test.ts'],
          // One file after the other in one place, so that they share modules and engines of DuckDB.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['tests/unit/**/*.test.ts', 'tests/parity/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/unit/data/**', ...withState],
          // Modules are loaded once for many files, not once a file; what a test puts into globals goes with it.
          isolate: false,
          unstubGlobals: true,
        },
      },
      {
        extends: true,
        test: { name: 'isolated', include: withState },
      },
    ],
  },
})
