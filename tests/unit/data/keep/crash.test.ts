import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Keep } from '../../../../workers/data/keep/keep.ts'
import { contents, keepText, keptFile } from './keepFile.ts'
import { Killed, MemoryBrowser, type MemoryTab } from './memoryBrowser.ts'

type Deed =
  | { kind: 'import'; name: string; text: string }
  | { kind: 'give up'; name: string }
  | { kind: 'remove'; name: string; text: string }
  | { kind: 'note'; text: string }
  | { kind: 'forget' }

const name = fc.constantFrom('A.csv', 'B.csv', 'C.csv')
const text = fc.constantFrom('one', 'two', 'a longer third text')
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('import' as const), name, text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('give up' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), name, text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('note' as const), text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
)

async function act(keep: Keep, deed: Deed): Promise<void> {
  if (deed.kind === 'import') await keepText(keep, deed.name, deed.text)
  else if (deed.kind === 'give up') {
    const writer = await keep.begin(deed.name, 3)
    await writer.write(new Uint8Array(3))
    await writer.abort()
  } else if (deed.kind === 'remove') {
    const { sha256 } = await keptFile(deed.name, deed.text)
    await keep.remove({ name: deed.name, sha256, kind: 'prices' })
  } else if (deed.kind === 'note') await keep.changeDocument('mappings', () => deed.text)
  else await keep.clear()
}

interface Kept {
  files: string[]
  note: unknown
}

/** What should be kept after a deed, in the simplest words. */
function expected({ files, note }: Kept, deed: Deed): Kept {
  if (deed.kind === 'forget') return { files: [], note: undefined }
  if (deed.kind === 'note') return { files, note: deed.text }
  if (deed.kind === 'give up') return { files, note }
  const line = `${deed.name} prices: ${deed.text}`
  const others = files.filter((file) => file !== line)
  return { files: deed.kind === 'import' ? [...others, line] : others, note }
}

const found = async (keep: Keep): Promise<Kept> => ({
  files: await contents(keep),
  note: await keep.readDocument('mappings'),
})

/** Does one deed after the other until the tab is killed; what was kept before the last one and is after it. */
async function live(tab: MemoryTab, deeds: Deed[], from: Kept): Promise<{ before: Kept; after: Kept }> {
  let before = from
  for (const deed of deeds) {
    const after = expected(before, deed)
    // A killed tab may yet return an answer, which nobody hears.
    await act(tab.keep, deed).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
    })
    if (!tab.alive) return { before, after }
    before = after
  }
  return { before, after: before }
}

async function expectTidy(browser: MemoryBrowser, keep: Keep): Promise<void> {
  const named = new Set((await keep.files()).map(({ sha256 }) => sha256))
  const copies = [...browser.files.keys()].filter((file) => !file.startsWith('manifest-'))
  expect(copies).toHaveLength(named.size)
  expect(browser.held().size).toBe(0)
}

describe('a tab killed at any step', () => {
  it('leaves what was kept before, or what should be kept after, and no half copies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), fc.nat(120), async (deeds, steps) => {
        const browser = new MemoryBrowser()
        const tab = browser.tab()
        tab.stepsLeft = steps
        const { before, after } = await live(tab, deeds, { files: [], note: undefined })
        const next = browser.tab().keep
        expect([before, after]).toContainEqual(await found(next))
        expect((await next.state()).lost).toEqual([])
        await expectTidy(browser, next)
      }),
      { numRuns: 1_000 },
    )
  })

  it('may be followed by tabs that are killed as well', async () => {
    const life = fc.tuple(fc.array(deed, { minLength: 1, maxLength: 4 }), fc.nat(60))
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 2, maxLength: 5 }), async (lives) => {
        const browser = new MemoryBrowser()
        let now: Kept = { files: [], note: undefined }
        for (const [deeds, steps] of lives) {
          const tab = browser.tab()
          tab.stepsLeft = steps
          const { before, after } = await live(tab, deeds, now)
          const next = browser.tab()
          now = await found(next.keep)
          expect([before, after]).toContainEqual(now)
          expect((await next.keep.state()).lost).toEqual([])
          next.kill()
        }
      }),
      { numRuns: 300 },
    )
  })

  it('at each single step of importing a file over another', async () => {
    for (let steps = 0; ; steps++) {
      const browser = new MemoryBrowser()
      await keepText(browser.tab().keep, 'A.csv', 'old')
      const tab = browser.tab()
      tab.stepsLeft = steps
      const { sha256 } = await keptFile('A.csv', 'old')
      const replaced = { name: 'A.csv', sha256, kind: 'prices' as const }
      await keepText(tab.keep, 'A.csv', 'new', { replaced }).catch(() => undefined)
      const next = browser.tab().keep
      expect([['A.csv prices: old'], ['A.csv prices: new']]).toContainEqual(await contents(next))
      await expectTidy(browser, next)
      if (tab.alive) {
        expect(await contents(next)).toEqual(['A.csv prices: new'])
        expect(steps).toBeGreaterThan(10)
        return
      }
    }
  })
})

describe('a tab killed while it forgets everything', () => {
  it.each([1, 2, 3])('at any single step, after %i imports, has kept all or nothing', async (imports) => {
    const lines = Array.from({ length: imports }, (_, i) => `${i}.csv prices: text ${i}`)
    for (let steps = 0; ; steps++) {
      const browser = new MemoryBrowser()
      const first = browser.tab()
      for (let i = 0; i < imports; i++) await keepText(first.keep, `${i}.csv`, `text ${i}`)
      first.kill()
      const tab = browser.tab()
      tab.stepsLeft = steps
      await tab.keep.clear().catch(() => undefined)
      if (tab.alive) return expect([...browser.files]).toEqual([])
      const next = browser.tab().keep
      expect([lines, []]).toContainEqual(await contents(next))
      await expectTidy(browser, next)
    }
  })
})

describe('a disk that fills up at any step', () => {
  it('loses nothing that was kept, and a file is kept or told about', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 8 }), fc.nat(8_000), async (deeds, quota) => {
        const browser = new MemoryBrowser()
        browser.quota = quota
        const { keep } = browser.tab()
        let now: Kept = { files: [], note: undefined }
        for (const [importedAt, deed] of deeds.entries()) {
          const after = expected(now, deed)
          if (deed.kind === 'import') {
            const { kept, message } = await keepText(keep, deed.name, deed.text, { importedAt })
            expect(message !== '').toBe(!kept)
            if (kept) now = after
          } else {
            const done = await act(keep, deed).then(
              () => true,
              () => false,
            )
            // Making room must always work; only a note may find none.
            if (deed.kind !== 'note') expect(done).toBe(true)
            if (done) now = after
          }
          const next = browser.tab()
          expect(await found(next.keep)).toEqual(now)
          expect((await next.keep.state()).lost).toEqual([])
          next.kill()
        }
      }),
      {
        numRuns: 300,
        // Room for one list and not for two.
        examples: [
          [
            [
              { kind: 'import', name: 'A.csv', text: 'two' },
              { kind: 'remove', name: 'A.csv', text: 'two' },
            ],
            653,
          ],
        ],
      },
    )
  })
})

describe('two tabs at once', () => {
  it('each find their own files and the changes of both', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        async (scheduler, first, second) => {
          const browser = new MemoryBrowser()
          const pace = () => scheduler.schedule(Promise.resolve())
          const work = async (keep: Keep, own: string, texts: string[]) => {
            for (const [i, content] of texts.entries()) {
              expect(await keepText(keep, `${own}${i}.csv`, content)).toMatchObject({ kept: true })
              await keep.changeDocument('mappings', (now) => ((now as number | undefined) ?? 0) + 1)
            }
            const { sha256 } = await keptFile('', texts[0])
            await keep.remove({ name: `${own}0.csv`, sha256, kind: 'prices' })
          }
          const both = Promise.all([
            work(browser.tab(pace).keep, 'A', first),
            work(browser.tab(pace).keep, 'B', second),
          ])
          await scheduler.waitFor(both)
          const next = browser.tab().keep
          const left = [first, second].flatMap((texts, tab) =>
            texts.map((content, i) => `${'AB'[tab]}${i}.csv prices: ${content}`).slice(1),
          )
          expect((await contents(next)).sort()).toEqual(left.sort())
          expect(await next.readDocument('mappings')).toBe(first.length + second.length)
          expect((await next.state()).lost).toEqual([])
          await expectTidy(browser, next)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('may start, import and be killed in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(40), text, async (scheduler, steps, content) => {
        const browser = new MemoryBrowser()
        await keepText(browser.tab().keep, 'BEFORE.csv', 'before')
        const pace = () => scheduler.schedule(Promise.resolve())
        const [killed, other] = [browser.tab(pace), browser.tab(pace)]
        killed.stepsLeft = steps
        const both = Promise.all([
          keepText(killed.keep, 'A.csv', content).catch(() => undefined),
          keepText(other.keep, 'B.csv', 'other'),
        ])
        await scheduler.waitFor(both)
        const now = await contents(browser.tab().keep)
        expect(now).toContain('BEFORE.csv prices: before')
        expect(now).toContain('B.csv prices: other')
        expect(now.filter((line) => line.startsWith('A'))).toEqual(
          now.length === 3 ? [`A.csv prices: ${content}`] : [],
        )
      }),
      { numRuns: 200 },
    )
  })
})
