import { createSubscriber } from 'svelte/reactivity'
import type { ChartTheme } from './frame.ts'

const COLOURS = {
  surface: '--surface',
  raised: '--raised',
  sunken: '--sunken',
  shade: '--shade',
  line: '--line',
  lineStrong: '--line-strong',
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  gain: '--gain',
  loss: '--loss',
  bench: '--bench',
  accent: '--accent',
  warn: '--warn',
  warnBg: '--warn-bg',
} as const

/** `light-dark()` is resolved only where it is used as a colour, so a hidden element uses each in turn. */
function readTheme(): ChartTheme {
  const probe = document.createElement('span')
  probe.hidden = true
  // A canvas is not repainted in forced colours: it keeps ours, of the scheme that the system chose.
  probe.style.forcedColorAdjust = 'none'
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const colours = Object.fromEntries(
    Object.entries(COLOURS).map(([name, variable]) => {
      probe.style.color = `var(${variable})`
      return [name, style.color]
    }),
  ) as Record<keyof typeof COLOURS, string>
  const font = getComputedStyle(document.body).fontFamily
  probe.remove()
  return { ...colours, font }
}

let cached: ChartTheme | null = null

const subscribe = createSubscriber((update) => {
  const changed = (): void => {
    cached = null
    update()
  }
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const forced = matchMedia('(forced-colors: active)')
  const root = new MutationObserver(changed)
  dark.addEventListener('change', changed)
  forced.addEventListener('change', changed)
  root.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class', 'style'],
  })
  return () => {
    dark.removeEventListener('change', changed)
    forced.removeEventListener('change', changed)
    root.disconnect()
    cached = null
  }
})

/** The theme of the moment; an effect that reads it runs again when the theme changes. */
export function chartTheme(): ChartTheme {
  subscribe()
  return (cached ??= readTheme())
}
