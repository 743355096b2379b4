import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'
import { formulas } from './src/prerender/formulas.mjs'

export default {
  preprocess: [formulas(), vitePreprocess()],
  compilerOptions: { runes: true },
}
