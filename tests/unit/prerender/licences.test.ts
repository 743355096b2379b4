import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { licenceOf, packageFolder } from '../../../src/prerender/licenceOf.ts'
import { listOf } from '../../../src/prerender/shipped.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}
const installed = (name: string) => licenceOf(join(root, 'node_modules', name), root)

test('every package that the page depends on has a licence with its text', () => {
  for (const [name, version] of Object.entries(dependencies)) {
    const found = installed(name)
    expect([found.name, found.version]).toEqual([name, version])
    expect(found.licence, name).toMatch(/^(MIT|Apache-2\.0|ISC|OFL-1\.1|BSD-3-Clause|0BSD)$/)
    expect(found.text, name).toMatch(/copyright/i)
    expect(found.text.length, name).toBeGreaterThan(500)
  }
})

test('a licence is that which the package names, with notices and what was taken over from others', () => {
  const { text } = installed('echarts')
  expect(text).toContain('Apache License')
  expect(text).toContain('Apache ECharts')
  expect(text).toMatch(/Mike Bostock|Michael Bostock/)
  expect(installed('@duckdb/duckdb-wasm').text).toContain('DuckDB-Wasm')
})

test('a package without a text of its licence is not shipped', () => {
  expect(() => licenceOf(join(root, 'node_modules', 'tr46'), root)).toThrow(/brings no text/)
})

test('a module tells its package, whatever it is nested in or asked with', () => {
  const at = (path: string) => packageFolder(join(root, 'node_modules', path))
  expect(at('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url')).toBe(
    join(root, 'node_modules/@duckdb/duckdb-wasm'),
  )
  expect(at('echarts/node_modules/tslib/tslib.es6.js')).toBe(
    join(root, 'node_modules/echarts/node_modules/tslib'),
  )
  expect(packageFolder(join(root, 'src/main.ts'))).toBeNull()
  expect(packageFolder('\0vite/preload-helper.js')).toBeNull()
})

test('the list has each package once a version, by name, and each text once', () => {
  const [idb, ...more] = ['idb', 'kdbush', 'idb'].map(installed)
  const { packages, texts } = listOf([...more, idb, { ...idb, version: '7.0.0' }])
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
    `idb ${idb.version}`,
    'idb 7.0.0',
    `kdbush ${installed('kdbush').version}`,
  ])
  expect(texts).toHaveLength(2)
  expect(texts[packages[1].text]).toBe(idb.text)
})
