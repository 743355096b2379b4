import { expect, it } from 'vitest'
import { placeBeside } from '../../../../src/components/tour/placeBeside.ts'

const screen = { width: 1000, height: 800 }
const bubble = { width: 300, height: 200 }

it.each([
  ['below what it explains', { left: 400, top: 100, width: 100, height: 50 }, { left: 300, top: 162 }],
  ['above what lies low', { left: 400, top: 700, width: 100, height: 50 }, { left: 300, top: 488 }],
  [
    'right of what is as high as the window',
    { left: 0, top: 0, width: 200, height: 800 },
    { left: 212, top: 8 },
  ],
  ['left of it at the right edge', { left: 800, top: 0, width: 200, height: 800 }, { left: 488, top: 8 }],
  [
    'at the lower edge where nothing is left',
    { left: 0, top: 0, width: 1000, height: 800 },
    { left: 350, top: 592 },
  ],
])('the bubble stands %s', (_, target, place) => {
  expect(placeBeside(target, bubble, screen)).toEqual(place)
})

it('never leaves the window with what it explains', () => {
  const corner = { left: -500, top: 300, width: 100, height: 50 }
  expect(placeBeside(corner, bubble, screen)).toEqual({ left: 8, top: 362 })
})
