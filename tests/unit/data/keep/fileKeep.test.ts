import { describe, expect, it } from 'vitest'
import { noKeep } from '../../../../workers/data/keep/noKeep.ts'
import { contents, keepText, keptFile } from './keepFile.ts'
import { MemoryBrowser } from './memoryBrowser.ts'

const copies = (browser: MemoryBrowser) =>
  [...browser.files.keys()].filter((name) => name.startsWith('copy-'))
const key = (name: string, sha256: string) => ({ name, sha256, kind: 'prices' as const })

describe('files that were imported', () => {
  it('are there at the next visit, in the order of their import, with plan and date', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    expect(await keepText(keep, 'B.csv', 'first')).toEqual({ kept: true, message: '' })
    await keepText(keep, 'A.csv', 'second')
    const next = browser.tab().keep
    expect(await contents(next)).toEqual(['B.csv prices: first', 'A.csv prices: second'])
    expect((await next.files())[0]).toMatchObject(await keptFile('B.csv', 'first'))
    expect(await next.state()).toMatchObject({ kind: 'on', lost: [] })
  })

  it('share one copy where their bytes are equal, until the last of them is removed', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'same')
    await keepText(keep, 'B.csv', 'same')
    await keepText(keep, 'A.csv', 'same', { kind: 'news' })
    expect(copies(browser)).toHaveLength(1)
    const { sha256 } = await keptFile('A.csv', 'same')
    await keep.remove(key('A.csv', sha256))
    expect(await contents(keep)).toEqual(['B.csv prices: same', 'A.csv news: same'])
    await keep.remove(key('B.csv', sha256))
    await keep.remove({ ...key('A.csv', sha256), kind: 'news' })
    expect(copies(browser)).toEqual([])
  })

  it('take the place of the one they replace in the same step', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'old')
    const { sha256 } = await keptFile('A.csv', 'old')
    await keepText(keep, 'A.csv', 'new', { replaced: key('A.csv', sha256) })
    expect(await contents(keep)).toEqual(['A.csv prices: new'])
    expect(copies(browser)).toHaveLength(1)
  })

  it('leave nothing when their import is given up', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    const writer = await keep.begin('A.csv', 4)
    await writer.write(new Uint8Array(4))
    await writer.abort()
    expect([...browser.files]).toEqual([])
    expect(browser.held().size).toBe(0)
  })
})

describe('documents', () => {
  it('come back as they were, and a change starts from what is kept', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keep.changeDocument('owners', () => ({ ACME: 'A' }))
    await keepText(keep, 'A.csv', 'text')
    await keep.changeDocument('owners', (now) => ({ ...(now as object), BETA: 'B' }))
    const next = browser.tab().keep
    expect(await next.readDocument('owners')).toEqual({ ACME: 'A', BETA: 'B' })
    expect(await next.readDocument('mappings')).toBeUndefined()
  })
})

describe('a copy that is gone or short', () => {
  it('is told once in a sentence, and the other files are there', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    for (const [name, text] of [
      ['GONE.csv', 'to go'],
      ['SHORT.csv', 'to be cut'],
      ['FINE.csv', 'to stay'],
    ])
      await keepText(keep, name, text)
    const [gone, short] = copies(browser)
    browser.files.delete(gone)
    browser.files.set(short, new Uint8Array(3))
    const next = browser.tab().keep
    expect(await contents(next)).toEqual(['FINE.csv prices: to stay'])
    const { lost } = await next.state()
    expect(lost).toHaveLength(2)
    expect(lost[0]).toContain('GONE.csv')
    expect(lost[1]).toMatch(/SHORT\.csv.*damaged/)
    expect(copies(browser)).toHaveLength(1)
    expect((await browser.tab().keep.state()).lost).toEqual([])
  })

  it('is found at reading as well', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'text')
    const [file] = await keep.files()
    browser.files.delete(copies(browser)[0])
    await expect(keep.open(file)).rejects.toThrow(/A\.csv.*gone/)
    expect(await keepText(keep, 'A.csv', 'text')).toMatchObject({ kept: true })
    expect(await contents(keep)).toEqual(['A.csv prices: text'])
  })
})

describe('a damaged list', () => {
  const flip = (browser: MemoryBrowser, slot: string) => {
    const bytes = browser.files.get(slot)
    if (!bytes) throw new Error(`${slot} is missing`)
    browser.files.set(slot, bytes.with(bytes.length - 3, bytes[bytes.length - 3] ^ 1))
  }

  it('is as before its last change, and that is told once', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'first')
    await keepText(keep, 'B.csv', 'second')
    flip(browser, 'manifest-1')
    const next = browser.tab().keep
    expect(await contents(next)).toEqual(['A.csv prices: first'])
    expect((await next.state()).lost).toEqual([expect.stringContaining('damaged')])
    expect((await browser.tab().keep.state()).lost).toEqual([])
  })

  it('that cannot be read at all is told, and imports go on', async () => {
    const browser = new MemoryBrowser()
    await keepText(browser.tab().keep, 'A.csv', 'first')
    flip(browser, 'manifest-0')
    const next = browser.tab().keep
    expect(await contents(next)).toEqual([])
    expect((await next.state()).lost).toEqual([expect.stringContaining('damaged')])
    await keepText(next, 'B.csv', 'second')
    expect(await contents(browser.tab().keep)).toEqual(['B.csv prices: second'])
  })

  it('by a newer version of the page is left alone', async () => {
    const browser = new MemoryBrowser()
    await keepText(browser.tab().keep, 'A.csv', 'first')
    const written = new TextDecoder().decode(browser.files.get('manifest-0'))
    const newer = new TextEncoder().encode(written.replace('contrail-keep 1', 'contrail-keep 2'))
    browser.files.set('manifest-0', newer)
    const next = browser.tab().keep
    expect(await next.state()).toMatchObject({
      kind: 'off',
      message: expect.stringContaining('newer') as string,
    })
    expect(await keepText(next, 'B.csv', 'second')).toMatchObject({ kept: false })
    expect(browser.files.get('manifest-0')).toBe(newer)
    expect(copies(browser)).toHaveLength(1)
  })
})

describe('giving up after a file was kept', () => {
  it('leaves it kept', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    const writer = await keep.begin('A.csv', 4)
    await writer.write(new TextEncoder().encode('text'))
    await writer.commit(await keptFile('A.csv', 'text'))
    await writer.abort()
    expect(await contents(keep)).toEqual(['A.csv prices: text'])
  })
})

describe('a full disk', () => {
  it('has no room for a longer document: that is told, and the one before stays', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keep.changeDocument('owners', () => 'short')
    browser.quota = 300
    const change = keep.changeDocument('owners', () => 'long'.repeat(200))
    await expect(change).rejects.toThrow(/no room to keep this change/)
    expect(await keep.readDocument('owners')).toBe('short')
  })

  it('is seen beforehand, and told with what is used and what to do', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'first')
    browser.quota = 1_000_000
    const { kept, message } = await keepText(keep, 'BIG.csv', 'x'.repeat(1_000_000))
    expect(kept).toBe(false)
    expect(message).toMatch(/BIG\.csv.*1 MB.*Remove files/)
    expect(copies(browser)).toHaveLength(1)
    expect(await contents(browser.tab().keep)).toEqual(['A.csv prices: first'])
  })

  it('in the middle of a copy frees what was copied; the import goes on', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    const text = 'x'.repeat(100_000)
    const bytes = new TextEncoder().encode(text)
    const writer = await keep.begin('A.csv', 0)
    await writer.write(bytes.subarray(0, 60_000))
    browser.quota = 70_000
    await writer.write(bytes.subarray(60_000))
    expect(copies(browser)).toEqual([])
    await writer.write(bytes)
    const { kept, message } = await writer.commit(await keptFile('A.csv', text))
    expect(kept).toBe(false)
    expect(message).toMatch(/no room.*A\.csv/)
    expect(browser.held().size).toBe(0)
  })

  it('with no room left for the list loses nothing', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'first')
    browser.quota = browser.used() + 20
    expect(await keepText(keep, 'B.csv', 'second')).toMatchObject({ kept: false })
    expect(await contents(browser.tab().keep)).toEqual(['A.csv prices: first'])
    expect(copies(browser)).toHaveLength(1)
  })

  it('still keeps a file whose bytes are kept already', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    const text = 'x'.repeat(100_000)
    await keepText(keep, 'A.csv', text)
    browser.quota = browser.used() + 5_000
    expect(await keepText(keep, 'B.csv', text)).toMatchObject({ kept: true })
    expect(await keep.files()).toHaveLength(2)
  })

  it('can be emptied', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    for (const name of ['A.csv', 'B.csv', 'C.csv']) await keepText(keep, name, name.repeat(1_000))
    browser.quota = browser.used()
    await keep.remove(key('A.csv', (await keptFile('A.csv', 'A.csv'.repeat(1_000))).sha256))
    browser.quota = browser.used()
    await keep.remove(key('B.csv', (await keptFile('B.csv', 'B.csv'.repeat(1_000))).sha256))
    expect((await browser.tab().keep.files()).map(({ name }) => name)).toEqual(['C.csv'])
    browser.quota = 0
    await keep.clear()
    expect([...browser.files]).toEqual([])
  })
})

describe('forgetting everything', () => {
  it('leaves no file, no list and no document', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    await keepText(keep, 'A.csv', 'first')
    await keep.changeDocument('mappings', () => ['one'])
    await keep.clear()
    expect([...browser.files]).toEqual([])
    const next = browser.tab().keep
    expect(await next.files()).toEqual([])
    expect(await next.readDocument('mappings')).toBeUndefined()
    await keepText(keep, 'B.csv', 'second')
    expect(await contents(next)).toEqual(['B.csv prices: second'])
  })

  it('holds for what another tab is importing at that moment', async () => {
    const browser = new MemoryBrowser()
    const first = browser.tab().keep
    await first.files()
    const writer = await first.begin('A.csv', 4)
    await writer.write(new TextEncoder().encode('text'))
    const second = browser.tab().keep
    await second.clear()
    const { kept, message } = await writer.commit(await keptFile('A.csv', 'text'))
    expect(kept).toBe(false)
    expect(message).toMatch(/another tab forgot everything/)
    expect([...browser.files.keys()].filter((name) => name.startsWith('copy-'))).toEqual([])
    expect(await browser.tab().keep.files()).toEqual([])
  })
})

describe('another tab', () => {
  it('hears of what is added and removed, and the one that did it does not', async () => {
    const browser = new MemoryBrowser()
    const [here, there] = [browser.tab().keep, browser.tab().keep]
    const heard = { here: 0, there: 0 }
    here.onChange(() => heard.here++)
    there.onChange(() => heard.there++)
    await there.files()
    await keepText(here, 'A.csv', 'text')
    expect(heard).toEqual({ here: 0, there: 1 })
    await there.remove(key('A.csv', (await keptFile('A.csv', 'text')).sha256))
    expect(heard).toEqual({ here: 1, there: 1 })
  })

  it('does not sweep up the copy that this one is writing', async () => {
    const browser = new MemoryBrowser()
    const { keep } = browser.tab()
    const writer = await keep.begin('A.csv', 4)
    await writer.write(new TextEncoder().encode('text'))
    await browser.tab().keep.files()
    expect(await writer.commit(await keptFile('A.csv', 'text'))).toMatchObject({ kept: true })
    expect(await contents(browser.tab().keep)).toEqual(['A.csv prices: text'])
  })

  it('sweeps it up when this one is killed', async () => {
    const browser = new MemoryBrowser()
    const tab = browser.tab()
    const writer = await tab.keep.begin('A.csv', 4)
    await writer.write(new TextEncoder().encode('te'))
    tab.kill()
    await browser.tab().keep.files()
    expect(copies(browser)).toEqual([])
  })
})

describe('a browser without storage', () => {
  it('says so, and everything else does nothing', async () => {
    const keep = noKeep('This is a private window.')
    expect(await keep.state()).toMatchObject({ kind: 'off', message: 'This is a private window.' })
    expect(await keepText(keep, 'A.csv', 'text')).toEqual({
      kept: false,
      message: 'This is a private window.',
    })
    expect(await keep.files()).toEqual([])
    expect(await keep.changeDocument('owners', () => 1)).toBe(false)
    expect(await keep.readDocument('owners')).toBeUndefined()
    await keep.clear()
  })
})
