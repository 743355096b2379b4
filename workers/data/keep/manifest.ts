import { sha256 } from 'hash-wasm'
import * as v from 'valibot'
import type { KeptDocument, KeptFile, KeptPlan } from './keep.ts'

/** A kept file, and the name of its copy in the folder. */
export interface Entry extends KeptFile {
  copy: string
}

/** Everything that is kept but the bytes of the files. */
export interface Manifest {
  /** One more with each change. */
  generation: number
  /** In order of import. */
  files: Entry[]
  documents: Partial<Record<KeptDocument, unknown>>
}

/** `torn`: the writing was cut short; `damaged`: complete, but not what was written; `newer`: by a later version. */
export type Decoded = Manifest | 'torn' | 'damaged' | 'newer'

const version = 1
const head = /^contrail-keep (\d{1,6}) (\d{1,15}) (\d{1,15}) ([0-9a-f]{64})$/
const longestHead = 200

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** A kept file without its copy. Plans are checked when they are used: one that does not fit stops no other. */
export const keptFile = v.object({
  name: v.string(),
  bytes: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  plan: v.custom<KeptPlan>((plan) => typeof plan === 'object' && plan !== null),
  importedAt: v.number(),
  vintageOf: v.nullable(
    v.object({ importedAt: v.number(), sha256: v.string(), changed: count, removed: count, added: count }),
  ),
})
export const keptDocuments = v.partial(v.object({ mappings: v.unknown(), owners: v.unknown() }))
const body = v.object({
  files: v.array(v.object({ ...keptFile.entries, copy: v.pipe(v.string(), v.regex(/^copy-[0-9a-f-]+$/)) })),
  documents: keptDocuments,
})

/**
 * A line with version, generation, length and sha-256 of what follows, then JSON. The length tells a writing
 * that was cut short from bytes that changed on the disk.
 */
export async function encodeManifest({ generation, files, documents }: Manifest): Promise<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify({ files, documents }))
  const line = `contrail-keep ${version} ${generation} ${text.length} ${await sha256(text)}\n`
  const encoded = new Uint8Array(line.length + text.length)
  encoded.set(new TextEncoder().encode(line))
  encoded.set(text, line.length)
  return encoded
}

export async function decodeManifest(bytes: Uint8Array): Promise<Decoded> {
  const end = bytes.indexOf(10)
  if (end < 0) return bytes.length < longestHead ? 'torn' : 'damaged'
  const line = head.exec(new TextDecoder().decode(bytes.subarray(0, Math.min(end, longestHead))))
  if (!line) return 'damaged'
  if (Number(line[1]) > version) return 'newer'
  const text = bytes.subarray(end + 1)
  if (text.length < Number(line[3])) return 'torn'
  if (text.length !== Number(line[3]) || (await sha256(text)) !== line[4]) return 'damaged'
  const parsed = v.safeParse(body, JSON.parse(new TextDecoder().decode(text)))
  return parsed.success ? { generation: Number(line[2]), ...parsed.output } : 'damaged'
}
