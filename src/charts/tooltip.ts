import type { ChartTheme } from './frame.ts'

export interface TooltipRow {
  name: string
  value: string
  /** Colour of the mark before the name; none = no mark. */
  colour?: string
}

/** Rich text of ECharts, which knows no HTML: braces in names would end a segment. */
const plain = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')')

/** A title and aligned rows, as rich text for `tooltip.formatter`; the styles are those of `tooltipBox`. */
export function tooltipTable(title: string, rows: TooltipRow[], marks: string[]): string {
  const lines = rows.map(({ name, value, colour }) => {
    const mark = colour === undefined ? '' : `{m${Math.max(0, marks.indexOf(colour))}|}`
    return `${mark}{n|${plain(name)}}{v|${plain(value)}}`
  })
  return [`{t|${plain(title)}}`, ...lines].join('\n')
}

type Position = (
  point: [number, number],
  params: unknown,
  element: unknown,
  rect: unknown,
  size: { contentSize: [number, number]; viewSize: [number, number] },
) => [number, number]

const DISTANCE = 14

/** Beside the pointer, on the side with more room, so that the point itself is never covered. */
export const besidePoint: Position = ([x], _params, _element, _rect, { contentSize, viewSize }) => {
  const right = x + DISTANCE + contentSize[0] <= viewSize[0] || x < viewSize[0] / 2
  return [right ? x + DISTANCE : x - DISTANCE - contentSize[0], 6]
}

export interface TooltipLook {
  theme: ChartTheme
  /** Colours of the marks that rows may use. */
  marks: string[]
  nameWidth?: number
  valueWidth?: number
}

/** The box shared by all charts. */
export function tooltipBox({ theme, marks, nameWidth = 84, valueWidth = 74 }: TooltipLook): object {
  const text = { fontSize: 12, lineHeight: 18, fontFamily: theme.font }
  return {
    trigger: 'axis',
    renderMode: 'richText',
    transitionDuration: 0,
    confine: true,
    position: besidePoint,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    borderWidth: 1,
    borderRadius: 6,
    padding: [8, 10],
    shadowBlur: 12,
    shadowColor: 'rgba(0,0,0,0.16)',
    textStyle: {
      ...text,
      color: theme.ink,
      rich: {
        t: { ...text, fontWeight: 600, color: theme.ink, lineHeight: 20 },
        n: { ...text, color: theme.ink2, width: nameWidth },
        v: { ...text, color: theme.ink, width: valueWidth, align: 'right' },
        ...Object.fromEntries(
          marks.map((colour, i) => [
            `m${i}`,
            { backgroundColor: colour, width: 10, height: 3, borderRadius: 1, lineHeight: 18 },
          ]),
        ),
      },
    },
  }
}
