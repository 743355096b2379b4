import { expect, test } from 'vitest'
import { mostItems, revived, withSignals, type FeedItem } from '../../../src/state/signalFeed.ts'
import { signalsInWords } from '../../../src/state/signalWords.ts'
import type { Decision, LiveSignals } from '../../../workers/backtest/api.ts'
import { decision } from './decision.ts'

const signals = (day: number, decided: Decision[], now: Decision[] | null = null): LiveSignals => ({
  system: 'jet',
  day,
  decided,
  provisional: now && { day: day + 1, decisions: now },
  simulated: false,
  milliseconds: 1,
})
const symbols = (feed: FeedItem[]) => feed.map((item) => item.decision.symbol)

test('a signal is new once: looked at again it keeps the moment at which it was seen', () => {
  const first = withSignals([], [], signals(100, [decision('AAA')]), 1000)
  expect(symbols(first.fresh)).toEqual(['AAA'])
  const second = withSignals(
    first.feed,
    first.seen,
    signals(100, [decision('AAA'), decision('BBB', { conviction: 0.9 })]),
    2000,
  )
  expect(symbols(second.fresh)).toEqual(['BBB'])
  expect(second.feed.map((item) => [item.decision.symbol, item.seenAt])).toEqual([
    ['BBB', 2000],
    ['AAA', 1000],
  ])
})

test('what would be decided now gives way to what is said now, and is not news when it comes back', () => {
  const today = decision('AAA', { day: 101 })
  const first = withSignals([], [], signals(100, [], [today]), 1000)
  expect(first.feed[0]).toMatchObject({ provisional: true, seenAt: 1000 })
  const without = withSignals(first.feed, first.seen, signals(100, [], []), 2000)
  expect(without.feed).toEqual([])
  const back = withSignals(without.feed, without.seen, signals(100, [], [today]), 3000)
  expect(back.fresh).toEqual([])
  expect(back.feed[0].seenAt).toBe(1000)
})

test('a provisional signal that is decided at the close is news again', () => {
  const today = decision('AAA', { day: 101 })
  const before = withSignals([], [], signals(100, [], [today]), 1000)
  const after = withSignals(before.feed, before.seen, signals(101, [today]), 2000)
  expect(after.fresh).toHaveLength(1)
  expect(after.feed.map((item) => item.provisional)).toEqual([false])
})

test('decisions of earlier closes and of other systems stay, the newest day first', () => {
  const other = { ...signals(100, [decision('TTT', { system: 'tickets' })]), system: 'tickets' as const }
  let state = withSignals([], [], signals(100, [decision('AAA')]), 1000)
  state = withSignals(state.feed, state.seen, other, 1500)
  state = withSignals(state.feed, state.seen, signals(101, [decision('BBB', { day: 101 })]), 2000)
  expect(symbols(state.feed)).toEqual(['BBB', 'TTT', 'AAA'])
})

test('a close that is looked at with other settings shows what these decide', () => {
  const first = withSignals([], [], signals(100, [decision('AAA')]), 1000)
  expect(symbols(withSignals(first.feed, first.seen, signals(100, [decision('BBB')]), 2000).feed)).toEqual([
    'BBB',
  ])
})

test('the same signal on simulated and on real data are two', () => {
  const real = withSignals([], [], signals(100, [decision('AAA')]), 1000)
  const both = withSignals(
    real.feed,
    real.seen,
    { ...signals(100, [decision('AAA')]), simulated: true },
    2000,
  )
  expect(both.fresh).toHaveLength(1)
  expect(both.feed).toHaveLength(2)
})

test('the feed holds so many signals and no more, the newest', () => {
  let state = withSignals([], [], signals(0, []), 0)
  for (let day = 1; day <= mostItems + 5; day++)
    state = withSignals(state.feed, state.seen, signals(day, [decision('AAA', { day })]), day)
  expect(state.feed).toHaveLength(mostItems)
  expect(state.feed.at(-1)!.decision.day).toBe(6)
})

test('what was kept as JSON reads back with its missing figures missing', () => {
  const { feed } = withSignals([], [], signals(100, [decision('AAA', { stop: NaN, target: 12 })]), 1000)
  expect(revived(JSON.parse(JSON.stringify(feed)) as FeedItem[])).toEqual(feed)
})

test('a notification names the strongest three and says what is provisional or simulated', () => {
  const strengths = [0.2, 0.9, 0.5, 0.7]
  const { fresh } = withSignals(
    [],
    [],
    {
      ...signals(
        100,
        strengths.map((conviction, i) => decision('ABCD'[i], { conviction })),
      ),
      simulated: true,
    },
    1000,
  )
  expect(signalsInWords('jet', fresh)).toEqual({
    title: 'Jet, 4 new signals on simulated data',
    body: 'B ▲ long 0.90; D ▲ long 0.70; C ▲ long 0.50; and 1 more',
  })
  const now = withSignals([], [], signals(100, [], [decision('Z', { day: 101, direction: -1 })]), 1)
  expect(signalsInWords('jet', now.fresh).body).toBe('Z ▼ short 0.50 (if the day closed now)')
})
