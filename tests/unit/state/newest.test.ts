import { expect, test } from 'vitest'
import { newestWins } from '../../../src/state/newest.ts'

test('of many inputs given while a task runs only the newest is run next', async () => {
  const seen: number[] = []
  let release: () => void = () => undefined
  const push = newestWins<number>(async (input) => {
    seen.push(input)
    if (input === 1) await new Promise<void>((resolve) => (release = resolve))
  })
  const first = push(1)
  void push(2)
  void push(3)
  const last = push(4)
  release()
  await Promise.all([first, last])
  expect(seen).toEqual([1, 4])
})

test('a task learns that something newer waits', async () => {
  const newestFlags: boolean[] = []
  let release: () => void = () => undefined
  const push = newestWins<number>(async (input, newest) => {
    if (input === 1) await new Promise<void>((resolve) => (release = resolve))
    newestFlags.push(newest())
  })
  const done = push(1)
  void push(2)
  release()
  await done
  expect(newestFlags).toEqual([false, true])
})
