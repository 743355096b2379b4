import { describe, expect, test } from 'vitest'
import { byteSize } from '../../../../src/components/data/byteSize.ts'
import { droppedFiles } from '../../../../src/components/data/droppedFiles.ts'

const item = (name: string, isDirectory: boolean) => ({
  kind: 'file',
  webkitGetAsEntry: () => ({ name, isDirectory }),
  getAsFile: () => new File(['x'], name),
})

describe('what was dropped', () => {
  test('is taken file by file, and a folder is refused by name with what to do', () => {
    const transfer = { items: [item('AAPL.csv', false), item('prices', true)], files: [] }
    const { files, refused } = droppedFiles(transfer as unknown as DataTransfer)
    expect(files.map((file) => file.name)).toEqual(['AAPL.csv'])
    expect(refused).toEqual(['“prices” is a folder. Open it, select the files inside, and drop those.'])
  })

  test('comes as a plain list where the browser offers no items', () => {
    const transfer = { items: [], files: [new File(['x'], 'MSFT.csv')] }
    expect(droppedFiles(transfer as unknown as DataTransfer).files).toHaveLength(1)
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
