import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { crc32, createSHA256 } from 'hash-wasm'
import * as v from 'valibot'
import { Problem } from '../problem.ts'
import { BlobBuilder } from './blobBuilder.ts'
import type { KeptFile } from './keep.ts'
import { keptDocuments, keptFile } from './manifest.ts'
import { readZip, type ZipEntry } from './zipReader.ts'

/** 2: besides the files, runs of the notebook, models, and what was tried. */
const version = 2
const listName = 'project.json'
const nameOf = ({ sha256 }: Stored) => `files/${sha256}`
const longestList = 64 << 20
/** Sizes in the archive have 32 bits; what is around the files is small. */
const largest = 2 ** 32 - longestList
const chunkBytes = 1 << 20
/** Text shrinks to about a quarter; higher levels take longer and hardly save more. */
const level = 4

/** Something of a project that is a file of its own: a run of the notebook, or a checkpoint. */
export interface ProjectPart {
  kind: 'run' | 'model'
  name: string
  bytes: number
  sha256: string
}
type Stored = Pick<KeptFile, 'name' | 'bytes' | 'sha256'>

/** No run and no model of this page is larger. */
const mostBytes = { run: 4_000_000, model: 512_000_000 }
const projectPart = v.pipe(
  v.object({
    kind: v.picklist(['run', 'model']),
    name: v.pipe(v.string(), v.maxLength(200)),
    bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  }),
  v.check(({ kind, bytes }) => bytes <= mostBytes[kind]),
)

const project = v.object({
  format: v.literal('contrail-project'),
  version: v.pipe(v.number(), v.integer()),
  /** Epoch milliseconds. */
  savedAt: v.number(),
  /** State of the page. */
  link: v.pipe(v.string(), v.maxLength(100_000)),
  /** In order of import. */
  files: v.pipe(v.array(keptFile), v.maxLength(10_000)),
  /** Uploads that were loaded but not kept, and so are not in the file. */
  missing: v.array(v.string()),
  documents: keptDocuments,
  parts: v.optional(v.pipe(v.array(projectPart), v.maxLength(10_000)), []),
  /** Everything that was tried, as a link carries it; '' = unknown. */
  family: v.optional(v.pipe(v.string(), v.maxLength(6_000)), ''),
})
/** Everything of a project but the bytes of its files. */
export type Project = Omit<v.InferOutput<typeof project>, 'format' | 'version'>

/**
 * A ZIP archive with the project as JSON and its files under their sha-256. `step` is called with the bytes
 * read so far, and may throw to stop. Throws a `Problem` when the files are too large for one archive.
 */
export async function writeProject(
  content: Project,
  open: (file: Stored) => Promise<Blob>,
  step: (bytes: number) => void,
): Promise<Blob> {
  const all: Stored[] = [...content.files, ...content.parts]
  const files = [...new Map(all.map((file) => [file.sha256, file])).values()]
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > largest) {
    throw new Problem(
      'too-large',
      'The files of this project are more than one project file can hold (4 GB). Remove some of them first.',
    )
  }
  const out = new BlobBuilder()
  let failed: Error | null = null
  const zip = new Zip((error, chunk) => {
    failed ??= error
    out.push(chunk)
  })
  const listed = content.files.map(({ name, bytes, sha256, plan, importedAt, vintageOf }) => {
    return { name, bytes, sha256, plan, importedAt, vintageOf }
  })
  const list = new ZipDeflate(listName, { level })
  zip.add(list)
  list.push(strToU8(JSON.stringify({ format: 'contrail-project', version, ...content, files: listed })), true)
  let done = 0
  for (const file of files) {
    const copy = await open(file)
    const entry = (await isPacked(copy))
      ? new ZipPassThrough(nameOf(file))
      : new ZipDeflate(nameOf(file), { level })
    zip.add(entry)
    for (let offset = 0; offset < copy.size; offset += chunkBytes) {
      entry.push(new Uint8Array(await copy.slice(offset, offset + chunkBytes).arrayBuffer()))
      done += Math.min(chunkBytes, copy.size - offset)
      step(done)
    }
    entry.push(new Uint8Array(), true)
  }
  zip.end()
  if (failed) throw failed as Error
  return out.finish('application/zip')
}

export interface OpenedProject {
  content: Project
  /** The bytes of a file, checked. Throws a `Problem` where they are not those that were exported. */
  read(file: Stored, step: (bytes: number) => void): Promise<File>
}

/** Looks into a project file. Only what the list names is ever read. Throws a `Problem` for any other file. */
export async function openProject(archive: File): Promise<OpenedProject> {
  const entries = await readZip(archive, archive.name)
  const content = await readList(entries.get(listName), archive.name)
  return {
    content,
    async read(file, step) {
      const entry = entries.get(nameOf(file))
      if (entry?.size !== file.bytes) throw damaged(file.name, archive.name)
      const hash = await createSHA256()
      const bytes = await unpack(entry, file.bytes, (chunk, done) => {
        hash.update(chunk)
        step(done)
      }).catch((error: unknown) => {
        throw error instanceof Problem && error.code === 'cancelled'
          ? error
          : damaged(file.name, archive.name)
      })
      if (hash.digest('hex') !== file.sha256) throw damaged(file.name, archive.name)
      return new File([bytes], file.name, { lastModified: content.savedAt })
    },
  }
}

async function readList(entry: ZipEntry | undefined, name: string): Promise<Project> {
  const foreign = new Problem(
    'no-project',
    `${name} is no project file of this page. A project file is what “Save project” makes.`,
  )
  if (!entry || entry.size > longestList) throw foreign
  let list: unknown
  try {
    const bytes = new Uint8Array(await (await unpack(entry, longestList)).arrayBuffer())
    if ((await crc32(bytes)) !== entry.crc32) throw new Error('the list was changed')
    list = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw damaged('its list of files', name)
  }
  const parsed = v.safeParse(project, list)
  if (
    v.is(v.object({ format: project.entries.format, version: v.pipe(v.number(), v.gtValue(version)) }), list)
  ) {
    throw new Problem(
      'newer',
      `${name} was exported by a newer version of this page. Reload the page to get it, then open the file again.`,
    )
  }
  if (!parsed.success) throw foreign
  const { savedAt, link, files, missing, documents, parts, family } = parsed.output
  return { savedAt, link, files, missing, documents, parts, family }
}

/** Unpacks an entry, never more than `most` bytes of it. */
async function unpack(
  entry: ZipEntry,
  most: number,
  seen: (chunk: Uint8Array, done: number) => void = () => undefined,
): Promise<Blob> {
  const reader = (await entry.stream()).getReader()
  const out = new BlobBuilder()
  let done = 0
  try {
    for (;;) {
      const next = await reader.read()
      if (next.done) break
      done += next.value.length
      if (done > most) throw new Error('more bytes than were announced')
      seen(next.value, done)
      out.push(next.value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  if (done !== entry.size) throw new Error('fewer bytes than were announced')
  return out.finish('')
}

/** Packed already, as gzip and Parquet are: packing it again would only take time. */
async function isPacked(copy: Blob): Promise<boolean> {
  const [a, b, c, d] = new Uint8Array(await copy.slice(0, 4).arrayBuffer())
  return (a === 0x1f && b === 0x8b) || (a === 0x50 && b === 0x41 && c === 0x52 && d === 0x31)
}

function damaged(what: string, archive: string): Problem {
  return new Problem(
    'damaged',
    `${what} is damaged or missing in ${archive}. Save the project once more, or import the file itself.`,
  )
}
