import { expect, test } from 'vitest'
import { defaultState } from '../../../src/state/appState.ts'
import { decodeLink, encodeLink, maxEncoded, maxInflated } from '../../../src/state/link.ts'
import { Random } from '../../../workers/quant/random.ts'
import { anyPlain, hostileLinks, linkAround } from './hostileLinks.ts'

const names = Object.keys(defaultState()).sort()

/** What every fragment must come to: a whole state that a link could carry, and readable sentences. */
function checked(fragment: string): ReturnType<typeof decodeLink> {
  const { state, problems } = decodeLink(fragment)
  const read = `${Object.keys(state).sort().join()}|${problems.length < 15}`
  if (read !== `${names.join()}|true`) expect(read).toBe(`${names.join()}|true`)
  for (const problem of problems)
    if (!/^[^\p{Cc}\p{Cf}]{10,400}$/u.test(problem)) expect.fail(`not a sentence: ${problem.slice(0, 500)}`)
  return { state, problems }
}

test('20,000 hostile links end in a whole state, and in sentences', { timeout: 60_000 }, () => {
  let number = 0
  for (const fragment of hostileLinks(new Random(20_250_117), 20_000)) {
    const { state, problems } = checked(fragment)
    // Writing takes longer than reading, so not every state is written again.
    if (number++ % 25 !== 0) continue
    const again = encodeLink(state)
    if (again.length <= maxEncoded)
      expect(decodeLink(again), problems.join()).toEqual({ state, problems: [] })
  }
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('whatever of a link is not used is named in a sentence', () => {
  const base = defaultState() as unknown as Record<string, unknown>
  const json = (value: unknown) => JSON.stringify(value) ?? ''
  const random = new Random(10)
  for (let i = 0; i < 1_000; i++) {
    const plain = anyPlain(random)
    const fragment = linkAround(json(plain))
    if (fragment.length > maxEncoded || json(plain).length > maxInflated) continue
    const { state, problems } = checked(fragment)
    const said = problems.join(' ')
    for (const [name, value] of Object.entries(plain)) {
      const read = Object.hasOwn(state, name) ? json((state as unknown as Record<string, unknown>)[name]) : ''
      const dropped =
        read === '' || (json(value).length > 2 && read === json(base[name]) && json(value) !== read)
      const named =
        name === 'params' ? problems.length > 0 : /more/.test(said) || said.includes(name.slice(0, 5))
      if (dropped && !named) expect(said).toContain(name)
    }
  }
})
