import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { prerender } from './src/prerender/plugin.ts'
import { contentSecurityPolicy, productionHeaders } from './src/prerender/headers.ts'

export default defineConfig({
  base: './',
  plugins: [svelte(), prerender({ contentSecurityPolicy, productionHeaders })],
  worker: { format: 'es' },
  // Nothing is inlined: the policy allows fonts and workers from files only.
  build: { target: 'es2022', sourcemap: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } },
  preview: { headers: productionHeaders },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm'] },
  test: {
    include: ['tests/unit/**/*.test.ts', 'tests/parity/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One worker fewer than cores is the rule, which on two cores is one.
    maxWorkers: '100%',
  },
})
