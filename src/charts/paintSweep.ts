import type { ChartTheme } from './frame.ts'
import type { Mark, SweepPicture } from './sweepMap.ts'

type Pen = CanvasRenderingContext2D

/** Ink stays readable on a written cell; where nothing is written the colours may be stronger. */
const strongestWritten = 0.48
const strongestBare = 0.92

/** Draws the map on a canvas whose unit is one CSS pixel. */
export function paintSweep(pen: Pen, picture: SweepPicture, theme: ChartTheme): void {
  pen.font = `400 11px ${theme.font}`
  pen.textBaseline = 'middle'
  if (picture.kind === 'cells') cells(pen, picture, theme)
  else line(pen, picture, theme)
  axes(pen, picture, theme)
  for (const mark of picture.marks) drawMark(pen, mark, theme)
}

function cells(pen: Pen, picture: Extract<SweepPicture, { kind: 'cells' }>, theme: ChartTheme): void {
  const written = picture.cells.some(({ text }) => text !== '')
  const most = written ? strongestWritten : strongestBare
  const { plot } = picture
  // The tints lie on the surface; what was not computed is sunken.
  pen.fillStyle = theme.surface
  pen.fillRect(plot.left, plot.top, plot.width, plot.height)
  for (const tone of ['none', 'loss', 'gain'] as const) {
    pen.fillStyle = tone === 'none' ? theme.shade : theme[tone]
    for (const cell of picture.cells) {
      if (cell.tone !== tone) continue
      pen.globalAlpha = tone === 'none' ? 1 : 0.04 + (most - 0.04) * cell.strength
      pen.fillRect(cell.left, cell.top, cell.width, cell.height)
    }
  }
  pen.globalAlpha = 1
  if (!written) return
  pen.fillStyle = theme.ink
  pen.textAlign = 'center'
  for (const cell of picture.cells)
    if (cell.text) pen.fillText(cell.text, cell.left + cell.width / 2, cell.top + cell.height / 2 + 0.5)
}

function line(pen: Pen, picture: Extract<SweepPicture, { kind: 'line' }>, theme: ChartTheme): void {
  const { plot } = picture
  const across = (y: number, colour: string) => {
    pen.strokeStyle = colour
    pen.lineWidth = 1
    pen.beginPath()
    pen.moveTo(plot.left, Math.round(y) + 0.5)
    pen.lineTo(plot.left + plot.width, Math.round(y) + 0.5)
    pen.stroke()
  }
  for (const tick of picture.yTicks) across(tick.at, theme.line)
  if (Number.isFinite(picture.centre)) across(picture.centre, theme.lineStrong)
  const strokes = (pieces: [number, number][][], colour: string, width: number) => {
    pen.strokeStyle = colour
    pen.fillStyle = colour
    pen.lineWidth = width
    for (const piece of pieces) {
      pen.beginPath()
      piece.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)))
      pen.stroke()
      for (const [x, y] of piece) {
        pen.beginPath()
        pen.arc(x, y, width, 0, 2 * Math.PI)
        pen.fill()
      }
    }
  }
  strokes(picture.neighbours, theme.bench, 1.2)
  strokes(picture.values, theme.accent, 1.8)
}

function axes(pen: Pen, { plot, xTicks, yTicks, xTitle, yTitle }: SweepPicture, theme: ChartTheme): void {
  const bottom = plot.top + plot.height
  pen.fillStyle = theme.ink3
  pen.textAlign = 'center'
  for (const { at, text } of xTicks) pen.fillText(text, at, bottom + 12)
  pen.textAlign = 'right'
  for (const { at, text } of yTicks) pen.fillText(text, plot.left - 7, at)
  pen.fillStyle = theme.ink2
  pen.fillText(`${xTitle} →`, plot.left + plot.width, bottom + 31)
  pen.textAlign = 'left'
  pen.fillText(yTitle, 0, 8)
}

/** A diamond for the best, a ring for the most robust: told apart without colour, and seen on any tint. */
function drawMark(pen: Pen, { kind, x, y }: Mark, theme: ChartTheme): void {
  const path = () => {
    pen.beginPath()
    if (kind === 'robust') pen.arc(x, y, 10, 0, 2 * Math.PI)
    else {
      pen.moveTo(x, y - 8)
      pen.lineTo(x + 8, y)
      pen.lineTo(x, y + 8)
      pen.lineTo(x - 8, y)
      pen.closePath()
    }
  }
  path()
  pen.strokeStyle = theme.surface
  pen.lineWidth = 4
  pen.stroke()
  path()
  pen.strokeStyle = theme.ink
  pen.lineWidth = 1.8
  pen.stroke()
}
