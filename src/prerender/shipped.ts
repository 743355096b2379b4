import { join, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { licenceOf, packageFolder, type ShippedPackage } from './licenceOf.ts'
import { bsd, mit } from './licenceTexts.ts'

/** Where the About page finds the licences, under the site. */
export const licencesFile = 'licences.json'

/** What is inside of shipped files although no module of it is bundled. */
function besides(root: string): ShippedPackage[] {
  const installed = (name: string, note: string): ShippedPackage => ({
    ...licenceOf(join(root, 'node_modules', name), root),
    note,
  })
  const inWasm = (name: string, licence: string, address: string, note: string, text: string) => ({
    name,
    version: '',
    licence,
    address,
    note,
    text,
  })
  return [
    installed('assemblyscript', 'Its runtime is inside our own WebAssembly.'),
    ...['core', 'precaching', 'routing', 'strategies'].map((part) =>
      installed(`workbox-${part}`, 'Inside the service worker.'),
    ),
    installed('vite', 'A few lines that load modules.'),
    installed('rolldown', 'A few lines that join modules.'),
    inWasm(
      'DuckDB',
      'MIT',
      'https://duckdb.org',
      'Inside the WebAssembly of @duckdb/duckdb-wasm.',
      mit('Copyright 2018–2025 Stichting DuckDB Foundation'),
    ),
    inWasm(
      'XNNPACK',
      'BSD-3-Clause',
      'https://github.com/google/XNNPACK',
      'Inside the WebAssembly of @tensorflow/tfjs-backend-wasm.',
      bsd('Copyright (c) Facebook, Inc. and its affiliates. All rights reserved.\nCopyright 2019 Google LLC'),
    ),
    inWasm(
      'Emscripten',
      'MIT',
      'https://emscripten.org',
      'Its runtime is inside the WebAssembly of DuckDB and TensorFlow.js.',
      mit('Copyright (c) 2010–2014 Emscripten authors'),
    ),
    inWasm(
      'Natural Earth',
      'public domain',
      'https://www.naturalearthdata.com',
      'The outlines of land in world-atlas.',
      'Made with Natural Earth. All versions of Natural Earth data are in the public domain: anybody may use them in any manner, without asking and without naming the source.\n',
    ),
  ]
}

/**
 * Writes down the licences of everything that ends up in the site: packages whose modules are in a bundle of the page
 * or of a worker, or whose files (fonts, WebAssembly) are copied; and what is inside of those.
 */
export function shipped(): { page: Plugin; inWorkers: () => Plugin[] } {
  const folders = new Set<string>()
  let root = ''

  function see(bundle: Rolldown.OutputBundle): void {
    for (const output of Object.values(bundle)) {
      const files = output.type === 'chunk' ? Object.keys(output.modules) : output.originalFileNames
      for (const file of files) {
        const folder = packageFolder(file.startsWith('\0') ? file : resolve(root, file))
        if (folder) folders.add(folder)
      }
    }
  }

  return {
    page: {
      name: 'contrail-licences',
      apply: 'build',
      configResolved: (config) => void (root = config.root),
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          see(bundle)
          const packages = [...folders].map((folder) => licenceOf(folder, root))
          this.emitFile({
            type: 'asset',
            fileName: licencesFile,
            source: JSON.stringify(listOf([...packages, ...besides(root)])),
          })
        },
      },
    },
    inWorkers: () => [
      { name: 'contrail-licences-of-workers', generateBundle: (_options, bundle) => see(bundle) },
    ],
  }
}

/** Each package once a version, by name; texts that several share are written once. */
export function listOf(packages: ShippedPackage[]): {
  packages: (Omit<ShippedPackage, 'text'> & { text: number })[]
  texts: string[]
} {
  const texts: string[] = []
  const once = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]))
  const inOrder = [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return {
    packages: inOrder.map(({ text, ...one }) => {
      if (!texts.includes(text)) texts.push(text)
      return { ...one, text: texts.indexOf(text) }
    }),
    texts,
  }
}
