import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** The import arrows of the design: what a folder may not reach for. */
const arrows = [
  { files: ['workers/quant/**'], forbid: ['src', 'datasets', 'systems', 'backtest', 'data', 'hrm', 'live'] },
  { files: ['workers/systems/**'], forbid: ['src', 'datasets', 'backtest', 'data', 'hrm', 'live'] },
  { files: ['workers/backtest/**'], forbid: ['src', 'datasets', 'data', 'hrm', 'live'] },
  { files: ['workers/data/**'], forbid: ['src', 'datasets', 'systems', 'backtest', 'hrm', 'live'] },
  { files: ['workers/hrm/**'], forbid: ['src', 'datasets', 'systems', 'backtest', 'data', 'live'] },
  { files: ['workers/live/**'], forbid: ['src', 'datasets', 'systems', 'backtest', 'data', 'hrm'] },
  { files: ['datasets/**'], forbid: ['src', 'systems', 'backtest', 'data', 'hrm', 'live'] },
].map(({ files, forbid }) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^\\.\\.?/(.*/)?(${forbid.join('|')})/`,
            message:
              'This import runs against the arrows of the design (see README, “How the parts depend”).',
          },
        ],
      },
    ],
  },
}))

/** The page sees of a worker only its contract; worker.ts is reached by URL. */
const pageSeesContractsOnly = {
  files: ['src/**'],
  // What runs at build computes the sample report, with everything that takes.
  ignores: ['src/prerender/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '/workers/(?!([a-z]+/api\\.ts$|[a-z]+/schema\\.ts$|[a-z]+/worker\\.ts\\?worker&url$))',
            message: 'src imports only the api.ts of a worker, or the address of its file.',
          },
          { regex: '/datasets/', message: 'The page does not see the generator, only its files.' },
        ],
      },
    ],
  },
}

export default ts.config(
  {
    ignores: [
      'dist/',
      'dist-gpu/',
      'node_modules/',
      'public/datasets/',
      'test-results/',
      'playwright-report/',
      '.svelte-kit/',
      // AssemblyScript, which has a compiler of its own.
      'workers/hrm/kernels/wasm/assembly/',
      'workers/systems/tickets/assembly/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // Components are `any` to the plain TypeScript service; svelte-check knows their types and checks them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // State is raw and replaced as a whole, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['tests/**', 'datasets/generate.ts', '*.config.ts', '*.config.js'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  ...arrows,
  pageSeesContractsOnly,
)
