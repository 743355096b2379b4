import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formulas, mathMl } from '../../../src/prerender/formulas.mjs'

const guide = join(import.meta.dirname, '..', '..', '..', 'src', 'components', 'guide')

test('TeX becomes MathML that brings neither style nor anything Svelte would take for its own', () => {
  const text = mathMl(String.raw`\left\{ x : \frac{a}{b} < c \right\}`)
  expect(text).toMatch(/^<math display="block">.*<\/math>$/s)
  expect(text).toContain('<mfrac><mi>a</mi><mi>b</mi></mfrac>')
  expect(text).not.toMatch(/class=|style=|[{}]/)
})

test('a formula that cannot be read stops the build', () => {
  expect(() => mathMl(String.raw`\frac{a}{`)).toThrow()
})

test('no formula of the guide is left as TeX', () => {
  let seen = 0
  for (const name of readdirSync(guide, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('Section.svelte')) continue
    const content = readFileSync(join(guide, name), 'utf8')
    const written = content.match(/<Formula\s/g)?.length ?? 0
    const made = formulas().markup({ content })?.code ?? content
    seen += written
    expect(made.match(/<math /g)?.length ?? 0, name).toBe(written)
    expect(made, name).not.toContain('String.raw')
  }
  expect(seen).toBeGreaterThan(25)
})
