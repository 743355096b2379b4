import { expect, it } from 'vitest'
import { pageRows, PagedRows } from '../../../../src/components/browse/pagedRows.svelte.ts'

/** A table of numbers that remembers which pages it was asked for. */
function table() {
  const asked: number[] = []
  const waiting: (() => void)[] = []
  const rows = new PagedRows<number>((offset, limit) => {
    asked.push(offset / pageRows)
    return new Promise((resolve) =>
      waiting.push(() => resolve(Array.from({ length: limit }, (_, i) => [offset + i]))),
    )
  })
  const answer = async () => {
    waiting.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { rows, asked, answer }
}

it('a row is null until its page has come', async () => {
  const { rows, answer } = table()
  rows.want(250, 260)
  expect(rows.row(255)).toBeNull()
  await answer()
  expect(rows.row(255)).toEqual([255])
  expect(rows.row(99)).toBeNull()
})

it('pages that were scrolled past are never asked for', async () => {
  const { rows, asked, answer } = table()
  for (const first of [0, 5000, 90_000, 400_000]) rows.want(first, first + 30)
  await answer()
  await answer()
  expect(asked).toEqual([0, 4000])
  expect(rows.row(400_010)).toEqual([400_010])
})

it('a page at hand is not asked for again', async () => {
  const { rows, asked, answer } = table()
  rows.put(
    0,
    Array.from({ length: pageRows }, (_, i) => [i]),
  )
  rows.want(0, 50)
  await answer()
  expect(asked).toEqual([])
  expect(rows.row(7)).toEqual([7])
})

it('what goes wrong is said, and scrolling on tries again', async () => {
  let fail = true
  const rows = new PagedRows<number>((offset) =>
    fail ? Promise.reject(new Error('This dataset is no longer loaded.')) : Promise.resolve([[offset]]),
  )
  rows.want(0, 0)
  await new Promise((resolve) => setTimeout(resolve))
  expect(rows.problem).toBe('This dataset is no longer loaded.')
  fail = false
  rows.want(0, 0)
  await new Promise((resolve) => setTimeout(resolve))
  expect(rows.problem).toBe('')
  expect(rows.row(0)).toEqual([0])
})
