import { deflateSync, strToU8 } from 'fflate'
import { defaultState } from '../../../src/state/appState.ts'
import type { Random } from '../../../workers/quant/random.ts'
import { encodeLink } from '../../../src/state/link.ts'

/** A link around any text, whether it is JSON or not. */
export const linkAround = (text: string) =>
  '#v1.' + Buffer.from(deflateSync(strToU8(text), { level: 1 })).toString('base64url')

const fields = Object.keys(defaultState())
const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
const strings = [
  '',
  script,
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  "'; DROP TABLE prices; --",
  '\u202Egnp.exe\u0000\u2028\uFEFF',
  '\uD800',
  '🦄'.repeat(300),
  'x'.repeat(9_000),
  'NaN',
  '2025-13-45',
]
const numbers = [0, -0, -1, 0.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 20_000, 99_999_999]

const oneOf = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]
const keys = [...fields, ...strings, 'kind', 'axes', 'system', 'name', 'sha256', 'toString', 'newField']

/** Values of every kind, and such as JSON writes but no state has. */
function anything(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 4 : 7)
  if (kind === 0) return oneOf(random, [null, true, false, {}, []])
  if (kind === 1) return oneOf(random, strings)
  if (kind === 2) return oneOf(random, numbers)
  if (kind === 3) return oneOf(random, fields)
  const size = random.below(5)
  if (kind === 4) return Array.from({ length: size }, () => anything(random, depth + 1))
  return object(random, keys, size, depth)
}

function object(random: Random, names: readonly string[], size: number, depth = 0): Record<string, unknown> {
  const entries = Array.from({ length: size }, () => [oneOf(random, names), anything(random, depth + 1)])
  // A text, so that a key like __proto__ is a key and nothing more.
  const text = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()
  return JSON.parse(`{${text}}`) as Record<string, unknown>
}

/** A plain state with a few fields of any kind: what most hostile links look like inside. */
export function anyPlain(random: Random): Record<string, unknown> {
  return object(random, random.uniform() < 0.8 ? fields : keys, 1 + random.below(5))
}

/** JSON by hand: what no object can be made of. */
const texts = [
  '{"seed":1e999}',
  '{"seed":-1e999,"from":1e400}',
  '{"seed":NaN}',
  '{"seed":1,"seed":"two"}',
  '{"__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1},"jet":{"__proto__":{"polluted":1}}}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  `{"view":"${script.replaceAll('"', '\\"')}"}`,
  '{"benchmark":' + '['.repeat(30_000) + ']'.repeat(30_000) + '}',
  '['.repeat(60_000),
  '{"a":'.repeat(12_000) + '1' + '}'.repeat(12_000),
  '{"datasets":[' + '0,'.repeat(30_000) + '0]}',
  '{"params":{"options":{' + Array.from({ length: 4_000 }, (_, i) => `"k${i}":1`).join() + '}}}',
  '{' + Array.from({ length: 4_000 }, (_, i) => `"k${i}":1`).join() + '}',
  '{"params":{' + Array.from({ length: 4_000 }, (_, i) => `"k${i}":1`).join() + '}}',
  'null',
  '0',
  '"#v1."',
  '[]',
  '',
  '\u0000',
  '{}',
  ' '.repeat(70_000) + '{}',
  // Inflates to eight megabytes: far beyond what is allowed.
  'A'.repeat(8_000_000),
  '{"view":"options","benchmark":"' + 'B'.repeat(5_000_000) + '"}',
]
const handmade = texts.map(linkAround)

const good = [
  encodeLink({ ...defaultState(), seed: 7, from: 18_000, benchmark: 'SPY' }),
  encodeLink({ ...defaultState(), view: 'jet', jetTab: 'map', result: 'ab'.repeat(32) }),
  encodeLink({ ...defaultState(), view: 'sweep', family: 'Q'.repeat(3_000) }),
]
const alphabet = [...'ABCxyz019-_%#.<>"\'&= \u0000\u202Eé🦄']

/** A good link with a few characters changed, taken out or put in, or cut short. */
function mutated(random: Random): string {
  let text = oneOf(random, good)
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    const at = random.below(text.length + 1)
    const by = random.uniform() < 0.3 ? '' : oneOf(random, alphabet)
    text = text.slice(0, at) + by + text.slice(at + random.below(2))
  }
  return random.uniform() < 0.2 ? text.slice(0, random.below(text.length)) : text
}

function noise(random: Random): string {
  const length = random.below(60)
  const list = Array.from({ length }, () => oneOf(random, alphabet)).join('')
  const bytes = Uint8Array.from({ length }, () => random.below(256))
  return oneOf(random, [
    '#v1.' + list,
    '#' + list,
    `#v${random.below(99_999)}.AAAA`,
    '#v1.' + 'A'.repeat(8_190 + random.below(4)),
    '#v1.' + Buffer.from(bytes).toString('base64url'),
  ])
}

/** Links in every way in which one can be wrong, or nearly right: the same for the same seed. */
export function* hostileLinks(random: Random, count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    if (i < handmade.length) yield handmade[i]
    else if (i % 5 < 2) yield linkAround(JSON.stringify(anyPlain(random)))
    else yield i % 5 < 4 ? mutated(random) : noise(random)
  }
}
