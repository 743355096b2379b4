import { describe, expect, it } from 'vitest'
import type { TicketWords } from '../../../../workers/data/api.ts'
import { moodReader } from '../../../../workers/data/staging/moodReader.ts'
import { ticketWords, ticketWordsProblem } from '../../../../workers/data/staging/ticketWords.ts'

const words = (lists: Partial<TicketWords>): TicketWords => ({
  language: 'English',
  negative: {},
  positive: {},
  ...lists,
})

describe('the mood of a ticket', () => {
  const read = moodReader(ticketWords)

  it('is read from whole words, whatever their case, and each says what it was about', () => {
    expect(read('The app CRASHES on start')).toEqual({
      mood: 'negative',
      matched: [{ word: 'crashes', topic: 'failure', mood: 'negative' }],
    })
    expect(read('How do I export a report?').mood).toBe('positive')
    expect(read('Hello there').mood).toBe('neutral')
    expect(read('The download page, the 2down, the down2, the élag').matched).toEqual([])
    expect(read('down').matched).toHaveLength(1)
  })

  it('goes with the side that has more words, and with trouble on a tie', () => {
    expect(read('feature request: crash reports').mood).toBe('negative')
    expect(read('How to migrate to the new plugin').mood).toBe('positive')
  })

  it('follows lists of one’s own, in which signs mean themselves', () => {
    const own = moodReader(words({ negative: { c: ['C++ (old) ', '.net'] } }))
    expect(own('about C++ (old) code').mood).toBe('negative')
    expect(own('about cccc old').mood).toBe('neutral')
    expect(own('on .NET').mood).toBe('negative')
    expect(own('on asp.net').mood).toBe('neutral')
  })

  it('counts a part of the text once: the longest word that begins there', () => {
    const own = moodReader(words({ negative: { a: ['log in', 'in'] }, positive: { b: ['log'] } }))
    expect(own('log in in, log.').matched.map(({ word }) => word)).toEqual(['log in', 'in', 'log'])
  })

  it('reads letters of other languages as letters', () => {
    const own = moodReader(words({ negative: { störung: ['Ausfall', 'größe'] } }))
    expect(own('Totalausfall').mood).toBe('neutral')
    expect(own('„AUSFALL“: Größe').matched).toHaveLength(2)
    expect(own('𝒜usfall').mood).toBe('neutral')
  })
})

describe('lists of words', () => {
  it('of the product are sound, and say their language', () => {
    expect(ticketWordsProblem(ticketWords)).toBeNull()
    expect(ticketWords.language).toBe('English')
  })

  it('are refused with a sentence where they cannot be meant', () => {
    const problem = (lists: Partial<TicketWords>) => ticketWordsProblem(words(lists))
    expect(problem({ negative: { a: ['x', ' '] } })).toBe('“a” holds an empty word. Delete it.')
    expect(problem({ negative: { a: ['Down'] }, positive: { b: ['down '] } })).toMatch(
      /^“down” is on both sides/,
    )
    expect(problem({ negative: { a: ['x'.repeat(61)] } })).toMatch(/longer than 60 characters/)
    expect(problem({ negative: { a: Array.from({ length: 61 }, (_, i) => `w${i}`) } })).toMatch(
      /has 61 words/,
    )
    const topics = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`t${i}`, ['x']]))
    expect(problem({ positive: topics })).toMatch(/^There are 41 topics/)
    expect(problem({ negative: { ' ': ['x'] } })).toMatch(/no name/)
    expect(problem({})).toMatch(/hold no word/)
  })
})
