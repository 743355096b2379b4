import { describe, expect, test } from 'vitest'
import { wordPieces } from '../../../../src/components/tickets/product/wordPieces.ts'
import {
  carried,
  problemOf,
  readWords,
  withoutTopic,
  withTopic,
  wordsOf,
} from '../../../../src/components/tickets/settings/wordLists.ts'
import { confidenceSum } from '../../../../src/components/tickets/confidenceWords.ts'
import { ticketWords } from '../../../../workers/data/schema.ts'

describe('words found in a ticket', () => {
  const found = [
    { word: 'feature request', topic: 'new feature', mood: 'positive' as const },
    { word: 'feature', topic: 'new feature', mood: 'positive' as const },
    { word: 'down', topic: 'outage', mood: 'negative' as const },
  ]

  test('are marked whole, whatever their case, the longest first', () => {
    const pieces = wordPieces('A Feature Request: nothing is down, download works', found)
    expect(pieces.filter(({ mood }) => mood).map(({ text }) => text)).toEqual(['Feature Request', 'down'])
  })

  test('leave the text as it is, markup too', () => {
    const text = '<img src=x onerror=alert(1)> DOWN & feature\n<b>down</b>'
    expect(
      wordPieces(text, found)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
    expect(wordPieces('', found)).toEqual([])
    expect(wordPieces('quiet', [])).toEqual([{ text: 'quiet', topic: '', mood: '' }])
  })

  test('with signs in them are not taken for patterns', () => {
    const plus = [{ word: 'c++ (hard)', topic: 'language', mood: 'negative' as const }]
    expect(wordPieces('my c++ (hard) code', plus)[1].text).toBe('c++ (hard)')
  })
})

describe('lists of words', () => {
  test('are written with commas or line ends, without doubles', () => {
    expect(wordsOf(' Slow, memory leak\nslow,, ')).toEqual(['slow', 'memory leak'])
  })

  test('that came with the page are not carried in the link', () => {
    expect(carried(structuredClone(ticketWords))).toBeNull()
    const more = withTopic(ticketWords, 'negative', 'billing', ['refund'])
    expect(carried(more)).toEqual(more)
    expect(Object.keys(withoutTopic(more, 'negative', 'billing').negative)).not.toContain('billing')
  })

  test('that cannot be used say why', () => {
    expect(problemOf(ticketWords)).toBe('')
    expect(problemOf({ ...ticketWords, language: ' ' })).toBe('Name the language of the words.')
    const both = withTopic(ticketWords, 'positive', 'new', ['slow'])
    expect(problemOf(both)).toContain('“slow” is on both sides')
    const flood = Object.fromEntries(
      Array.from({ length: 4 }, (_, t) => [
        `topic ${t}`,
        Array.from({ length: 60 }, (_, i) => `${t} ${i} ${'x'.repeat(30)}`),
      ]),
    )
    expect(problemOf({ language: 'English', negative: flood, positive: {} })).toMatch(
      /a link has room for 6,000/,
    )
  })

  test('survive the way through a file', () => {
    expect(readWords(JSON.stringify(ticketWords))).toEqual({ ok: true, words: ticketWords })
    const problemIn = (text: string) => {
      const read = readWords(text)
      return read.ok ? '' : read.problem
    }
    expect(problemIn('no json')).toContain('not JSON')
    expect(problemIn('{"negative": ["slow"]}')).toContain('no lists of words')
  })
})

test('a confidence is told as a sum of what was found, and scaled by weight where it was', () => {
  const part = (id: 'base' | 'incident' | 'news', value: number) => ({
    id,
    found: '',
    part: value,
    worth: 0.3,
  })
  const parts = [part('base', 0.5), part('incident', 0.3), part('news', 0)]
  expect(confidenceSum({ parts, confidence: 0.8 })).toBe('0.50 tickets + 0.30 incident = 0.80')
  expect(confidenceSum({ parts, confidence: 0.4 })).toBe(
    '0.50 tickets + 0.30 incident, times 0.50 by weight = 0.40',
  )
})
