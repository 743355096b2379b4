import type { Strikemap } from '../../workers/backtest/api.ts'
import type { ChartTheme } from './frame.ts'
import type { Lane, StrikePicture } from './strikeMap.ts'

type Pen = CanvasRenderingContext2D
type Columns = Pick<Strikemap, 'z' | 'call' | 'tradable'>

/** z at which a colour is strongest. */
export const strongestZ = 4
const roomForSign = 9
const roomForRing = 6

/** Draws the map of a chain on a canvas whose unit is one CSS pixel. */
export function paintStrikes(pen: Pen, picture: StrikePicture, map: Columns, theme: ChartTheme): void {
  pen.font = `400 11px ${theme.font}`
  pen.textBaseline = 'middle'
  grid(pen, picture, theme)
  // What was called cheap or dear lies on top, and is never narrower than can be seen.
  for (const lane of picture.lanes) cells(pen, lane, map, theme)
  for (const lane of picture.lanes) calls(pen, lane, map, theme)
  axes(pen, picture, theme)
}

function grid(pen: Pen, { lanes, plot, xTicks, spot }: StrikePicture, theme: ChartTheme): void {
  pen.fillStyle = theme.sunken
  for (const { top, height } of lanes) pen.fillRect(plot.left, top, plot.width, height - 1)
  pen.strokeStyle = theme.line
  pen.lineWidth = 1
  const down = (x: number): void => {
    pen.beginPath()
    pen.moveTo(Math.round(x) + 0.5, plot.top)
    pen.lineTo(Math.round(x) + 0.5, plot.top + plot.height)
    pen.stroke()
  }
  for (const { at } of xTicks) down(at)
  if (!Number.isFinite(spot)) return
  pen.strokeStyle = theme.ink3
  pen.setLineDash([4, 3])
  down(spot)
  pen.setLineDash([])
}

function cells(pen: Pen, { rows, x, top, height, cell }: Lane, map: Columns, theme: ChartTheme): void {
  const tall = height - 1
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    if (map.call[row] !== 0) continue
    const z = map.z[row]
    const left = x[i] - cell / 2
    if (!Number.isFinite(z)) {
      pen.globalAlpha = 1
      pen.fillStyle = theme.lineStrong
      pen.fillRect(left + cell / 4, top + tall / 2 - 0.5, Math.max(1, cell / 2), 1)
      continue
    }
    const strength = Math.min(1, Math.abs(z) / strongestZ)
    const colour = z > 0 ? theme.loss : theme.gain
    const seen = map.tradable[row] === 1 ? 1 : 0.45
    pen.globalAlpha = seen * (0.1 + 0.4 * strength)
    pen.fillStyle = colour
    pen.fillRect(left, top, cell, tall)
    if (cell < roomForRing) continue
    pen.globalAlpha = seen * (0.5 + 0.5 * strength)
    pen.strokeStyle = colour
    pen.strokeRect(left + 0.5, top + 0.5, cell - 1, tall - 1)
  }
  pen.globalAlpha = 1
}

function calls(pen: Pen, { rows, x, top, height, cell }: Lane, map: Columns, theme: ChartTheme): void {
  const tall = height - 1
  const wide = Math.max(5, cell)
  for (let i = 0; i < rows.length; i++) {
    const call = map.call[rows[i]]
    if (call === 0) continue
    const left = x[i] - wide / 2
    pen.fillStyle = theme.surface
    pen.fillRect(left - 1, top - 1, wide + 2, tall + 2)
    pen.fillStyle = call > 0 ? theme.loss : theme.gain
    pen.fillRect(left, top, wide, tall)
    if (wide < roomForSign || tall < roomForSign) continue
    pen.strokeStyle = theme.surface
    pen.lineWidth = 1.6
    pen.beginPath()
    pen.moveTo(x[i] - 3, top + tall / 2)
    pen.lineTo(x[i] + 3, top + tall / 2)
    if (call > 0) {
      pen.moveTo(x[i], top + tall / 2 - 3)
      pen.lineTo(x[i], top + tall / 2 + 3)
    }
    pen.stroke()
    pen.lineWidth = 1
  }
}

function axes(pen: Pen, { plot, xTicks, expiryTicks, xTitle, spot }: StrikePicture, theme: ChartTheme): void {
  const bottom = plot.top + plot.height
  pen.fillStyle = theme.ink3
  pen.textAlign = 'center'
  for (const { at, text } of xTicks) pen.fillText(text, at, bottom + 11)
  for (const { at, text, days } of expiryTicks) {
    pen.fillStyle = theme.ink2
    pen.textAlign = 'left'
    pen.fillText(text, 0, at)
    pen.fillStyle = theme.ink3
    pen.textAlign = 'right'
    if (days) pen.fillText(days, plot.left - 8, at)
  }
  pen.fillStyle = theme.ink3
  if (plot.left > 100) {
    pen.textAlign = 'right'
    pen.fillText('days', plot.left - 8, 8)
  }
  if (Number.isFinite(spot)) {
    pen.textAlign = spot > plot.left + plot.width - 60 ? 'right' : spot < plot.left + 60 ? 'left' : 'center'
    pen.fillText('at the money', spot, 8)
  }
  pen.fillStyle = theme.ink2
  pen.textAlign = 'right'
  pen.fillText(`${xTitle} →`, plot.left + plot.width, bottom + 30)
}
