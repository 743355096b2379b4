import { describe, expect, it } from 'vitest'
import { moodReader } from '../../../../workers/data/staging/ticketWords.ts'

describe('the mood of a ticket', () => {
  const read = moodReader()

  it('is read from whole words, whatever their case', () => {
    expect(read('The app CRASHES on start')).toEqual({ mood: 'negative', matched: ['crashes'] })
    expect(read('How do I export a report?').mood).toBe('positive')
    expect(read('Hello there').mood).toBe('neutral')
    expect(read('The download page').matched).toEqual([])
  })

  it('goes with the side that has more words, and with trouble on a tie', () => {
    expect(read('feature request: crash reports').mood).toBe('negative')
    expect(read('How to migrate to the new plugin').mood).toBe('positive')
  })

  it('follows lists of one’s own, in which signs mean themselves', () => {
    const own = moodReader({ negative: { c: ['c++ (old)'] }, positive: {} })
    expect(own('about C++ (old) code').mood).toBe('negative')
    expect(own('about cccc old').mood).toBe('neutral')
  })
})
