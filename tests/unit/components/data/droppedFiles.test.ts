import { describe, expect, test } from 'vitest'
import { byteSize } from '../../../../src/components/data/byteSize.ts'
import { droppedFiles, mostFiles } from '../../../../src/components/data/droppedFiles.ts'

const fileEntry = (name: string, readable = true) => ({
  name,
  isDirectory: false,
  file: (give: (file: File) => void, fail: () => void) => (readable ? give(new File(['x'], name)) : fail()),
})

/** A folder that hands its entries over two at a time, as browsers do in portions of a hundred. */
function folder(name: string, entries: unknown[]): unknown {
  return {
    name,
    isDirectory: true,
    createReader: () => {
      let at = 0
      return { readEntries: (give: (some: unknown[]) => void) => give(entries.slice(at, (at += 2))) }
    },
  }
}

const item = (entry: unknown) => ({
  kind: 'file',
  webkitGetAsEntry: () => entry,
  getAsFile: () => new File(['x'], (entry as { name: string }).name),
})

const dropped = (...entries: unknown[]) =>
  droppedFiles({ items: entries.map(item), files: [] } as unknown as DataTransfer)

describe('what was dropped', () => {
  test('is taken file by file, folders within folders included', async () => {
    const prices = folder(
      'prices',
      ['C.csv', 'A.csv', 'B.csv'].map((name) => fileEntry(name)),
    )
    const { files, refused } = await dropped(
      fileEntry('AAPL.csv'),
      folder('all', [prices, fileEntry('D.csv')]),
    )
    expect(files.map((file) => file.name)).toEqual(['AAPL.csv', 'D.csv', 'A.csv', 'B.csv', 'C.csv'])
    expect(refused).toEqual([])
  })

  test('what systems leave in folders is passed over', async () => {
    const { files } = await dropped(
      folder('mine', [fileEntry('.DS_Store'), fileEntry('Thumbs.db'), fileEntry('A.csv')]),
    )
    expect(files.map((file) => file.name)).toEqual(['A.csv'])
  })

  test('an empty folder and a file that cannot be opened are named', async () => {
    const { refused } = await dropped(folder('none', []), folder('some', [fileEntry('locked.csv', false)]))
    expect(refused).toEqual(['“none” is an empty folder.', '“locked.csv” in “some” could not be opened.'])
  })

  test('more files than anyone reads are cut off with a sentence', async () => {
    const many = Array.from({ length: mostFiles + 5 }, (_, i) => fileEntry(`${i}.csv`))
    const { files, refused } = await dropped(folder('many', many))
    expect(files).toHaveLength(mostFiles)
    expect(refused[0]).toContain('first 2,000')
  })

  test('comes as a plain list where the browser offers no items', async () => {
    const transfer = { items: [], files: [new File(['x'], 'MSFT.csv')] }
    expect((await droppedFiles(transfer as unknown as DataTransfer)).files).toHaveLength(1)
  })

  test('has its size written as file managers do', () => {
    expect([1, 999, 44_500, 412_000, 42_300_000, 2_147_483_648].map(byteSize)).toEqual([
      '1 byte',
      '999 bytes',
      '44.5 kB',
      '412 kB',
      '42.3 MB',
      '2.1 GB',
    ])
  })
})
