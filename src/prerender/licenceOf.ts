import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { apache, mit } from './licenceTexts.ts'

/** What the About page says of something that is shipped. */
export interface ShippedPackage {
  name: string
  version: string
  /** As SPDX writes it. */
  licence: string
  /** Where it is from, as text; '' where it does not say. */
  address: string
  /** What of it is shipped, where that is not simply its code. */
  note: string
  text: string
}

interface Manifest {
  name: string
  version: string
  license?: string
  licenses?: { type: string }[]
  homepage?: string
  repository?: string | { url?: string }
}

const licenceFile = /^(licen[cs]e|copying|notice)/i

/** Packages that name their licence and bring no text: whose they are, by their sources. */
function textOf(name: string, root: string): string | null {
  if (name === '@duckdb/duckdb-wasm') return mit('Copyright 2021 DuckDB-Wasm Contributors')
  if (name === 'seedrandom') return mit('Copyright 2019 David Bau')
  if (name === '@tensorflow/tfjs-layers')
    return `${mit('Copyright 2015–2018 François Chollet, Google LLC, Microsoft, Inc. and contributors')}\n\n${apache('Copyright Google LLC', root)}`
  if (name.startsWith('@tensorflow/tfjs')) return apache('Copyright Google LLC', root)
  return null
}

/**
 * Name, version and licence of an installed package, every licence and notice file of it included.
 *
 * @param folder of the package
 * @param root folder with node_modules
 * @throws Error where there is no text: nothing is shipped without its licence
 */
export function licenceOf(folder: string, root: string): ShippedPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const { name, version } = manifest
  const text = filesOf(folder) || textOf(name, root)
  if (!text) throw new Error(`${name} ${version} is shipped and brings no text of its licence.`)
  return {
    name,
    version,
    licence: manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' OR ') ?? 'see its text',
    address: addressOf(manifest),
    note: '',
    text,
  }
}

function filesOf(folder: string): string {
  const names = readdirSync(folder).filter((name) => licenceFile.test(name))
  return names
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      // A folder of licences is of what was taken over from others.
      return statSync(path).isDirectory() ? readdirSync(path).map((one) => join(path, one)) : [path]
    })
    .map((path) => readFileSync(path, 'utf8').trim())
    .join('\n\n────────\n\n')
}

function addressOf({ homepage, repository }: Manifest): string {
  const address = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? ''
  return address
    .replace(/^([\w-]+\/[\w.-]+)$/, 'https://github.com/$1')
    .replace(/^git\+/, '')
    .replace(/^(git|ssh):\/\/(git@)?/, 'https://')
    .replace(/\.git$/, '')
    .replace(/#readme$/i, '')
}

/** Folder of the package that a module or file is of; null where it is none’s. */
export function packageFolder(file: string): string | null {
  const path = file
    .replace(/^\0/, '')
    .replace(/[?#].*$/, '')
    .replaceAll('\\', '/')
  const match = /^(.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match && existsSync(join(match[1], 'package.json')) ? match[1] : null
}
