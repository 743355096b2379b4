import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** Serves the components on made-up numbers, to look at them; no part of the site. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../../node_modules/.vite-harness',
  plugins: [svelte()],
  server: { port: 4199, strictPort: true, fs: { allow: ['../../..'] } },
})
