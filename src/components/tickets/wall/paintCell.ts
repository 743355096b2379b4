import type { TicketBand } from '../../../../workers/backtest/api.ts'
import type { ChartTheme } from '../../../charts/frame.ts'

/** What is painted of one product. Days are epoch days. */
export interface CellPicture {
  from: number
  to: number
  /** At most one for each mood that is drawn. */
  bands: TicketBand[]
  unusual: { day: number; mood: 'negative' | 'positive'; count: number; corroborated: boolean }[]
  incidents: { from: number; to: number; grave: boolean }[]
  releases: number[]
  news: { day: number; sentiment: number }[]
}

type Canvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'globalAlpha'
  | 'fillRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'fill'
  | 'stroke'
  | 'setLineDash'
>

/** Pixels: room for marks beyond the counts, and the strip below them. */
const markRoom = 9
const strip = 18
const msPerDay = 86_400_000

/** Where the days and counts of a cell stand. */
export class CellFrame {
  readonly zero: number
  private readonly rise: number
  private readonly fall: number
  private readonly most: Record<'negative' | 'positive', number>

  constructor(
    readonly picture: CellPicture,
    readonly width: number,
    readonly height: number,
  ) {
    const has = (mood: string): boolean => picture.bands.some((band) => band.mood === mood)
    const room = height - strip - 2 * markRoom
    const share = has('positive') ? (has('negative') ? 0.42 : 1) : 0
    this.rise = room * share
    this.fall = room - this.rise
    this.zero = markRoom + this.rise
    const highest = (mood: string): number =>
      picture.bands
        .filter((band) => band.mood === mood)
        .flatMap(({ count, upper }) => [...count, ...upper])
        .reduce((most, value) => (value > most ? value : most), 1)
    this.most = { negative: highest('negative'), positive: highest('positive') }
  }

  x(day: number): number {
    const { from, to } = this.picture
    return ((day - from) / (to - from + 1)) * this.width
  }

  /** The day under a place, within the range. */
  dayAt(x: number): number {
    const { from, to } = this.picture
    return Math.max(from, Math.min(to, from + Math.floor((x / this.width) * (to - from + 1))))
  }

  /** Uptake rises from the line of zero, complaints hang from it, each by its own scale. */
  y(mood: 'negative' | 'positive', count: number): number {
    return mood === 'positive'
      ? this.zero - (count / this.most.positive) * this.rise
      : this.zero + (count / this.most.negative) * this.fall
  }

  get stripTop(): number {
    return this.height - strip
  }
}

/** Counts with their band, unusual days marked, what else happened below. */
export function paintCell(canvas: Canvas, frame: CellFrame, theme: ChartTheme): void {
  paintTime(canvas, frame, theme)
  for (const band of frame.picture.bands) if (band.mood !== 'neutral') paintBand(canvas, frame, band, theme)
  paintMarks(canvas, frame, theme)
  paintStrip(canvas, frame, theme)
}

/** A line where a quarter begins, where a year does over longer ranges. */
function paintTime(canvas: Canvas, frame: CellFrame, theme: ChartTheme): void {
  const { from, to } = frame.picture
  const months = to - from > 800 ? 12 : to - from > 120 ? 3 : 1
  const first = new Date(from * msPerDay)
  canvas.fillStyle = theme.line
  for (let month = Math.ceil(first.getUTCMonth() / months) * months; ; month += months) {
    const day = Date.UTC(first.getUTCFullYear(), month, 1) / msPerDay
    if (day > to) break
    if (day > from) canvas.fillRect(Math.round(frame.x(day)), 0, 1, frame.stripTop)
  }
}

function paintBand(canvas: Canvas, frame: CellFrame, band: TicketBand, theme: ChartTheme): void {
  const mood = band.mood as 'negative' | 'positive'
  const { count, expected, upper, from } = band
  const days = count.length
  const x = (i: number): number => frame.x(from + i)
  // The band: up to the largest count that is not unusual. It ends where nothing is known yet.
  canvas.fillStyle = theme.accent
  canvas.globalAlpha = 0.2
  for (let i = 0; i < days; i++) {
    if (!(upper[i] >= 0)) continue
    const top = frame.y(mood, upper[i])
    canvas.fillRect(x(i), Math.min(top, frame.zero), x(i + 1) - x(i), Math.abs(top - frame.zero))
  }
  canvas.globalAlpha = 1
  // Days narrower than a pixel share it: the largest of them is seen.
  canvas.fillStyle = theme.bench
  canvas.globalAlpha = 0.75
  let column = -1
  let most = -1
  const draw = (): void => {
    if (most > 0) {
      const end = frame.y(mood, most)
      const width = Math.max(1, frame.width / (frame.picture.to - frame.picture.from + 1) - 0.6)
      canvas.fillRect(column, Math.min(end, frame.zero), width, Math.abs(end - frame.zero))
    }
  }
  for (let i = 0; i < days; i++) {
    const at = frame.width > frame.picture.to - frame.picture.from ? x(i) : Math.floor(x(i))
    if (at !== column) {
      draw()
      column = at
      most = -1
    }
    if (count[i] > most) most = count[i]
  }
  draw()
  canvas.globalAlpha = 1
  // The line of zero is there where counts are: a missing day is a hole in it, a day without tickets is not.
  canvas.fillStyle = theme.lineStrong
  for (let i = 0; i < days; i++)
    if (!Number.isNaN(count[i])) canvas.fillRect(x(i), frame.zero - 0.5, x(i + 1) - x(i) + 0.2, 1)
  canvas.strokeStyle = theme.ink3
  canvas.lineWidth = 1
  canvas.beginPath()
  let open = false
  for (let i = 0; i < days; i++) {
    const known = !Number.isNaN(expected[i])
    if (known) {
      const [at, y] = [x(i + 0.5), frame.y(mood, expected[i])]
      if (open) canvas.lineTo(at, y)
      else canvas.moveTo(at, y)
    }
    open = known
  }
  canvas.globalAlpha = 0.55
  canvas.stroke()
  canvas.globalAlpha = 1
  canvas.strokeStyle = theme.ink2
  canvas.setLineDash([2, 2])
  for (const { day } of band.shifts) {
    canvas.beginPath()
    canvas.moveTo(frame.x(day), mood === 'positive' ? 2 : frame.zero)
    canvas.lineTo(frame.x(day), mood === 'positive' ? frame.zero : frame.stripTop - 2)
    canvas.stroke()
  }
  canvas.setLineDash([])
}

function paintMarks(canvas: Canvas, frame: CellFrame, theme: ChartTheme): void {
  const wide = Math.max(1, frame.width / (frame.picture.to - frame.picture.from + 1) - 0.6)
  for (const { day, mood, count, corroborated } of frame.picture.unusual) {
    const colour = mood === 'positive' ? theme.gain : theme.loss
    const away = mood === 'positive' ? -1 : 1
    const [x, end] = [frame.x(day), frame.y(mood, count)]
    canvas.fillStyle = colour
    canvas.fillRect(x, Math.min(end, frame.zero), wide, Math.abs(end - frame.zero))
    const tip = end + away * 8
    const middle = x + wide / 2
    canvas.beginPath()
    canvas.moveTo(middle, tip)
    canvas.lineTo(middle - 3.6, end + away * 2)
    canvas.lineTo(middle + 3.6, end + away * 2)
    canvas.closePath()
    canvas.strokeStyle = colour
    canvas.lineWidth = 1.2
    canvas.fillStyle = corroborated ? colour : theme.surface
    canvas.fill()
    canvas.stroke()
  }
}

function paintStrip(canvas: Canvas, frame: CellFrame, theme: ChartTheme): void {
  const { incidents, releases, news } = frame.picture
  const top = frame.stripTop
  canvas.fillStyle = theme.warn
  for (const { from, to, grave } of incidents) {
    canvas.globalAlpha = grave ? 1 : 0.5
    canvas.fillRect(frame.x(from), top + 2, Math.max(1.5, frame.x(to + 1) - frame.x(from)), 5)
  }
  canvas.globalAlpha = 1
  for (const { day, sentiment } of news) {
    canvas.fillStyle = sentiment > 0 ? theme.gain : sentiment < 0 ? theme.loss : theme.bench
    // Good news stands on the line, bad news hangs from it.
    canvas.fillRect(frame.x(day), sentiment > 0 ? top + 9 : top + 13, 1, 4)
  }
  canvas.fillStyle = theme.ink2
  for (const day of releases) {
    const [x, y] = [frame.x(day), top + 13]
    canvas.beginPath()
    canvas.moveTo(x, y - 4)
    canvas.lineTo(x + 3.5, y)
    canvas.lineTo(x, y + 4)
    canvas.lineTo(x - 3.5, y)
    canvas.closePath()
    canvas.fill()
  }
}
