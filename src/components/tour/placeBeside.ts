export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const apart = 12
const margin = 8

/**
 * Where a box stands beside another in a window, in pixels: below it, above it, right or left of it, whichever first
 * has room for all of it. Where none has, and without anything to stand beside, at the lower edge of the window.
 */
export function placeBeside(
  target: Box | null,
  { width, height }: Pick<Box, 'width' | 'height'>,
  window: Pick<Box, 'width' | 'height'>,
): { left: number; top: number } {
  const held = (value: number, most: number) => Math.max(margin, Math.min(value, most - margin))
  const edge = { left: held((window.width - width) / 2, window.width), top: window.height - height - margin }
  if (!target) return edge
  const left = held(target.left + (target.width - width) / 2, window.width - width)
  const top = held(target.top, window.height - height)
  const places = [
    { left, top: target.top + target.height + apart },
    { left, top: target.top - apart - height },
    { left: target.left + target.width + apart, top },
    { left: target.left - apart - width, top },
  ]
  const fits = (place: { left: number; top: number }) =>
    place.left >= margin &&
    place.top >= margin &&
    place.left + width <= window.width - margin &&
    place.top + height <= window.height - margin
  return places.find(fits) ?? edge
}
