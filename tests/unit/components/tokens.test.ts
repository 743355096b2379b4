import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../src/styles/tokens.css'), 'utf8')

/** [light, dark] of a token that is a plain colour in both themes. */
function colours(name: string): string[] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
  if (!found) throw new Error(`no token --${name}`)
  return [found[1], found[2]]
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of WCAG 2. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

describe('contrast in both themes', () => {
  const words = ['ink', 'ink-2', 'ink-3', 'gain', 'loss', 'accent']
  const grounds = ['paper', 'surface', 'sunken', 'raised', 'shade']
  it.each(words.flatMap((text) => grounds.map((ground) => [text, ground])))(
    'of %s on %s can be read',
    (text, ground) => {
      for (const theme of [0, 1])
        expect(contrast(colours(text)[theme], colours(ground)[theme])).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each([
    ['warn', 'warn-bg'],
    ['ink-2', 'warn-bg'],
    ['loss', 'loss-bg'],
    ['ink', 'loss-bg'],
    ['accent', 'accent-soft'],
    ['accent-ink', 'accent'],
    ['ink', 'hover'],
    ['gain', 'hover'],
    ['loss', 'hover'],
  ])('of %s on %s can be read', (text, ground) => {
    for (const theme of [0, 1])
      expect(contrast(colours(text)[theme], colours(ground)[theme])).toBeGreaterThanOrEqual(4.5)
  })

  it('of fields, lines and of the focus ring can be seen', () => {
    for (const ground of grounds)
      for (const theme of [0, 1])
        expect(contrast(colours('field')[theme], colours(ground)[theme]), ground).toBeGreaterThanOrEqual(3)
    for (const line of ['bench', 'accent', 'loss', 'warn', 'focus'])
      for (const theme of [0, 1])
        expect(contrast(colours(line)[theme], colours('surface')[theme])).toBeGreaterThanOrEqual(3)
  })
})
