import { csvBytes } from '../read/csvBytes.ts'
import type { NamedBlob } from '../read/fileBytes.ts'
import { LineSplitter } from '../read/lines.ts'
import { Problem } from '../problem.ts'
import { notText } from './fileKind.ts'
import type { HeadLine } from './layout.ts'

const headBytes = 512 * 1024
const headLines = 3000
/** About 7 million rows; beyond, a tab runs out of memory. */
export const largestFile = 512 * 1024 * 1024

/** Throws a `Problem` where a file is empty or more than a tab can hold. */
export function refuseSize({ name, size }: NamedBlob): void {
  if (size > largestFile) {
    const mb = (bytes: number) => Math.round(bytes / 1024 / 1024).toLocaleString('en-GB')
    throw new Problem(
      'too-large',
      `${name} has ${mb(size)} MB, more than a tab can hold (${mb(largestFile)} MB). ` +
        'Split it by symbol or by year, or cut the columns that are not needed, and drop the parts.',
    )
  }
  if (size === 0) {
    throw new Problem(
      'empty',
      `${name} is empty. Download it again; if it is a folder, open it and drop the files inside.`,
    )
  }
}

/** Lines of the first part of a file that are not blank. Throws a `Problem` when it holds no text. */
export async function readHead(file: NamedBlob): Promise<HeadLine[]> {
  refuseSize(file)
  const { name } = file
  const lines: HeadLine[] = []
  const splitter = new LineSplitter((bytes, start, end, line) => {
    if (lines.length >= headLines) return
    const text = bytes.slice(start, end)
    if (!isBlank(text)) lines.push({ line, bytes: text })
  })
  let read = 0
  let complete = true
  for await (const chunk of csvBytes(file)) {
    const part = chunk.subarray(0, headBytes - read)
    if (read === 0) {
      const sentence = notText(part, name)
      if (sentence !== null) throw new Problem('not-text', sentence)
    }
    splitter.push(part)
    read += part.length
    if (read >= headBytes || lines.length >= headLines) {
      complete = false
      break
    }
  }
  // A line cut off by the end of the first part is left out, unless it is all there is.
  if (complete || lines.length === 0) splitter.finish()
  if (lines.length === 0)
    throw new Problem('empty', `${name} holds nothing but blank lines. Download it again.`)
  return lines
}

export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 0)
}
