import type { ChartTheme } from './frame.ts'

export interface PngText {
  title: string
  subtitle?: string
  simulated: boolean
}

const HEAD = 44
const PAD = 16

/** A finished picture: title, chart and, on simulated data, the badge that says so; twice the pixels. */
export async function chartPng(
  chart: HTMLCanvasElement,
  ratio: number,
  text: PngText,
  theme: ChartTheme,
): Promise<Blob> {
  const width = chart.width / ratio + 2 * PAD
  const height = chart.height / ratio + HEAD + 2 * PAD
  const canvas = document.createElement('canvas')
  canvas.width = width * ratio
  canvas.height = height * ratio
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('This browser gave no canvas to draw the picture on.')
  pen.scale(ratio, ratio)
  pen.fillStyle = theme.surface
  pen.fillRect(0, 0, width, height)
  pen.textBaseline = 'middle'
  pen.fillStyle = theme.ink
  pen.font = `600 15px ${theme.font}`
  pen.fillText(text.title, PAD, PAD + 12)
  if (text.subtitle) {
    const after = PAD + pen.measureText(text.title).width + 12
    pen.fillStyle = theme.ink3
    pen.font = `400 12px ${theme.font}`
    pen.fillText(text.subtitle, after, PAD + 12)
  }
  if (text.simulated) drawBadge(pen, width - PAD, PAD + 12, theme)
  pen.drawImage(chart, PAD, HEAD + PAD, chart.width / ratio, chart.height / ratio)
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for this browser.'))),
      'image/png',
    ),
  )
}

function drawBadge(pen: CanvasRenderingContext2D, right: number, middle: number, theme: ChartTheme): void {
  const words = 'Simulated data'
  pen.font = `500 12px ${theme.font}`
  const width = pen.measureText(words).width + 20
  pen.fillStyle = theme.warnBg
  pen.beginPath()
  pen.roundRect(right - width, middle - 11, width, 22, 11)
  pen.fill()
  pen.fillStyle = theme.warn
  pen.fillText(words, right - width + 10, middle)
}
