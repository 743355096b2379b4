import { expect, test } from 'vitest'
import { glossary } from '../../../../src/components/guide/glossary.ts'
import { marked, searchGuide, type Passage } from '../../../../src/components/guide/guideSearch.ts'

const passages: Passage[] = [
  {
    section: 'fills',
    title: 'How orders fill',
    text: 'A stop fills at its level, or at the open beyond it.',
  },
  { section: 'limits', title: 'Limits', text: 'Nothing is sent to a broker. No stop is guaranteed.' },
  { section: 'bootstrap', title: 'Bootstrap', text: 'Kolari and Pynnönen are cited elsewhere.' },
]
const found = (query: string, most = 10) => searchGuide(glossary, passages, query, most).map(({ to }) => to)

test('terms come first, those that begin with the word before those that hold it', () => {
  const hits = found('stop', 60)
  expect(hits[0]).toBe('stop')
  expect(hits.indexOf('stop')).toBeLessThan(hits.indexOf('trailing-stop'))
  expect(hits).toContain('fills')
})

test('all words must be there, accents and capitals do not matter', () => {
  expect(found('BROKER stop')).toEqual(['limits'])
  expect(found('pynnonen')).toContain('bootstrap')
  expect(found('broker bootstrap')).toEqual([])
  expect(found('   ')).toEqual([])
})

test('a word of very many settings leaves room for the sections that explain it', () => {
  const hits = found('stop', 4)
  expect(hits).toHaveLength(4)
  expect(hits).toContain('fills')
  expect(hits).toContain('limits')
})

test('what was looked for is marked, with some of the words around it; signs of patterns are letters', () => {
  expect(marked('A stop fills at its level.', 'stop', 50)).toEqual(['A ', 'stop', ' fills at its level.'])
  const [before, word] = marked(`${'word '.repeat(60)}broker ends`, 'broker', 20)
  expect(before).toMatch(/^… (word )+$/)
  expect(word).toBe('broker')
  expect(marked('p (x) + 1', '(x) +', 50)).toEqual(['p ', '(x)', ' ', '+', ' 1'])
})
