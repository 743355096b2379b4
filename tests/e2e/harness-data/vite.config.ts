import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '/tmp/harness-vite',
  plugins: [svelte({ configFile: '../../../svelte.config.js' })],
  server: { port: 5199, strictPort: true, fs: { allow: ['/work/main'] } },
})
