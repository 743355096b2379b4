import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openProject, writeProject, type Project } from '../../../../workers/data/keep/projectFile.ts'
import { Problem } from '../../../../workers/data/problem.ts'
import { keptFile } from './keepFile.ts'

const noStep = () => undefined
const text = 'Date,Close\n' + '2024-01-02,10.5\n'.repeat(20_000)
const packedBytes = new Uint8Array([0x1f, 0x8b, ...Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251)])

async function project(): Promise<{ content: Project; copies: Map<string, Blob> }> {
  const long = await keptFile('LONG.csv', text)
  const latin = { ...(await keptFile('PACK.csv.gz', 'x')), bytes: packedBytes.length }
  const { sha256 } = await import('hash-wasm')
  const packed = { ...latin, sha256: await sha256(packedBytes) }
  const again = { ...long, name: 'COPY.csv' }
  return {
    content: {
      savedAt: 1,
      link: '#v1.abc',
      files: [long, packed, again],
      missing: ['LEFT.csv'],
      documents: { mappings: { one: 1 } },
      parts: [{ kind: 'model', name: 'hrm.1.safetensors', bytes: packedBytes.length, sha256: packed.sha256 }],
      family: 'abc',
    },
    copies: new Map([
      [long.sha256, new Blob([text])],
      [packed.sha256, new Blob([packedBytes])],
    ]),
  }
}

async function exported(): Promise<{ content: Project; file: File }> {
  const { content, copies } = await project()
  const blob = await writeProject(
    content,
    (file) => Promise.resolve(copies.get(file.sha256) ?? new Blob()),
    noStep,
  )
  return { content, file: new File([blob], 'mine.contrail') }
}

/** The same archive with its files changed by hand. */
async function tampered(change: (files: Record<string, Uint8Array>) => Zippable): Promise<File> {
  const { file } = await exported()
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()))
  return new File([zipSync(change(files))], 'mine.contrail')
}

describe('a project file', () => {
  it('comes back as it was, with every byte of its files', async () => {
    const { content, file } = await exported()
    const opened = await openProject(file)
    expect(opened.content).toMatchObject(content)
    const [long, packed, again] = content.files
    expect(await (await opened.read(long, noStep)).text()).toBe(text)
    expect(new Uint8Array(await (await opened.read(packed, noStep)).arrayBuffer())).toEqual(packedBytes)
    expect((await opened.read(again, noStep)).name).toBe('COPY.csv')
  })

  it('is an ordinary ZIP archive that holds equal files once, packs text, and leaves packed files as they are', async () => {
    const { content, file } = await exported()
    const files = unzipSync(new Uint8Array(await file.arrayBuffer()))
    expect(Object.keys(files)).toEqual([
      'project.json',
      `files/${content.files[0].sha256}`,
      `files/${content.files[1].sha256}`,
    ])
    expect(strFromU8(files[`files/${content.files[0].sha256}`])).toBe(text)
    expect(file.size).toBeLessThan(text.length / 10)
    expect(file.size).toBeGreaterThan(packedBytes.length)
  })

  it('does not tell where the copies lay', async () => {
    const { content, copies } = await project()
    const files = content.files.map((file) => ({ ...file, copy: 'copy-1' }))
    const read = (file: { sha256: string }) => Promise.resolve(copies.get(file.sha256) ?? new Blob())
    const blob = await writeProject({ ...content, files }, read, noStep)
    const list = unzipSync(new Uint8Array(await blob.arrayBuffer()))['project.json']
    expect(strFromU8(list)).not.toContain('copy-1')
  })

  it('may be stopped while it is written', async () => {
    const { content, copies } = await project()
    const read = (file: { sha256: string }) => Promise.resolve(copies.get(file.sha256) ?? new Blob())
    const stop = () => {
      throw new Error('stopped')
    }
    await expect(writeProject(content, read, stop)).rejects.toThrow('stopped')
  })

  it('of more than four gigabytes is refused before anything is read', async () => {
    const { content } = await project()
    const files = [{ ...content.files[0], bytes: 5e9 }]
    const read = () => Promise.reject(new Error('read'))
    await expect(writeProject({ ...content, files }, read, noStep)).rejects.toThrow(/4 GB/)
  })
})

describe('what is no project file, or a damaged one', () => {
  const problem = async (file: File) =>
    openProject(file).then(
      () => 'opened',
      (error: Error) => error.message,
    )

  it.each<[string, BlobPart]>([
    ['an empty file', ''],
    ['a CSV', 'Date,Close\n2024-01-02,1\n'],
    ['a start without an end', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
  ])('is named in a sentence: %s', async (_, content) => {
    expect(await problem(new File([content], 'other.zip'))).toMatch(/other\.zip is no project file/)
  })

  it('is named: an archive of something else', async () => {
    const file = new File([zipSync({ 'a.txt': strToU8('a') })], 'a.zip')
    expect(await problem(file)).toMatch(/a\.zip is no project file/)
  })

  it('is named: a list that is not JSON, or not ours', async () => {
    expect(await problem(await tampered((files) => ({ ...files, 'project.json': strToU8('{') })))).toMatch(
      /damaged/,
    )
    expect(await problem(await tampered((files) => ({ ...files, 'project.json': strToU8('{}') })))).toMatch(
      /no project file/,
    )
  })

  it('is named: one by a newer version', async () => {
    const file = await tampered((files) => ({
      ...files,
      'project.json': strToU8(strFromU8(files['project.json']).replace('"version":2', '"version":3')),
    }))
    expect(await problem(file)).toMatch(/newer version/)
  })

  it('is named file by file where bytes were changed, cut, or left out', async () => {
    const { content } = await exported()
    const [long] = content.files
    const name = `files/${long.sha256}`
    const changes: ((files: Record<string, Uint8Array>) => Zippable)[] = [
      (files) => ({ ...files, [name]: strToU8(text.replace('10.5', '99.9')) }),
      (files) => ({ ...files, [name]: files[name].slice(0, 1_000) }),
      (files) => Object.fromEntries(Object.entries(files).filter(([path]) => path !== name)),
    ]
    for (const change of changes) {
      const opened = await openProject(await tampered(change))
      await expect(opened.read(long, noStep)).rejects.toThrow(
        /LONG\.csv is damaged or missing in mine\.contrail/,
      )
      expect((await opened.read(content.files[1], noStep)).size).toBe(packedBytes.length)
    }
  })

  it('is found out when any of its bytes is flipped: nothing wrong is ever read', async () => {
    const { content, file } = await exported()
    const bytes = new Uint8Array(await file.arrayBuffer())
    for (let at = 0; at < bytes.length; at += 37) {
      const flipped = new File([bytes.with(at, bytes[at] ^ 0x10)], 'mine.contrail')
      const texts: string[] = []
      try {
        const opened = await openProject(flipped)
        expect(opened.content).toEqual(content)
        for (const kept of opened.content.files) texts.push(await (await opened.read(kept, noStep)).text())
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
      if (texts.length > 0) expect(texts[0] === text).toBe(true)
    }
    expect(content.files).toHaveLength(3)
  })
})

describe('an archive that means harm', () => {
  it('is not unpacked beyond what it announces', async () => {
    const { content } = await exported()
    const [long] = content.files
    const file = await tampered((files) => ({
      ...files,
      [`files/${long.sha256}`]: new Uint8Array(5_000_000),
    }))
    const bytes = new Uint8Array(await file.arrayBuffer())
    const view = new DataView(bytes.buffer)
    // The table of contents is made to announce the size of the honest file.
    for (let at = 0; at < bytes.length - 4; at++)
      if (view.getUint32(at, true) === 5_000_000) view.setUint32(at, long.bytes, true)
    const opened = await openProject(new File([bytes], 'bomb.contrail'))
    let most = 0
    await expect(opened.read(long, (done) => (most = Math.max(most, done)))).rejects.toThrow(
      /LONG\.csv is damaged/,
    )
    expect(most).toBeLessThanOrEqual(long.bytes)
  })

  it('has no say in paths: names it brings besides are not read', async () => {
    const { content } = await exported()
    const file = await tampered((files) => ({
      ...files,
      '../evil.js': strToU8('x'),
      'files/../../y': strToU8('y'),
    }))
    const opened = await openProject(file)
    expect(await (await opened.read(content.files[0], noStep)).text()).toBe(text)
  })

  it('cannot point to a file by anything but a sha-256', async () => {
    const { content } = await exported()
    const file = await tampered((files) => ({
      ...files,
      'project.json': strToU8(
        strFromU8(files['project.json']).replaceAll(content.files[0].sha256, '../../etc/passwd'),
      ),
    }))
    expect(await problemOf(file)).toMatch(/no project file/)
  })
})

async function problemOf(file: File): Promise<string> {
  return openProject(file).then(
    () => 'opened',
    (error: Error) => error.message,
  )
}
