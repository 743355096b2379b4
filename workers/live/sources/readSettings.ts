import type { Settings } from '../contract.ts'

/** The text of a setting, trimmed; '' where it is not set. */
export function textOf(settings: Settings, name: string): string {
  return String(settings[name] ?? '').trim()
}

/** The number of a setting, or `otherwise` where there is none. */
export function numberOf(settings: Settings, name: string, otherwise: number): number {
  const text = textOf(settings, name)
  const value = Number(text)
  return text === '' || !Number.isFinite(value) ? otherwise : value
}

/** What is listed in a setting, one a line or between commas, semicolons or blanks; each once. */
export function listOf(settings: Settings, name: string): string[] {
  return [...new Set(textOf(settings, name).split(/[\s,;]+/))].filter((entry) => entry !== '')
}

/** The symbol of the share, as it is written in the tables. */
export function symbolOf(settings: Settings): string {
  return textOf(settings, 'symbol').toUpperCase()
}

export function symbolProblem(settings: Settings): string {
  const symbol = symbolOf(settings)
  if (symbol === '') return 'Type the symbol of the share that this belongs to, such as MSFT.'
  if (!isSymbol(symbol))
    return `“${symbol}” is no symbol: use letters, digits, points and hyphens, such as BRK.B.`
  return ''
}

export function isSymbol(text: string): boolean {
  return /^[A-Z0-9^][A-Z0-9.^-]{0,14}$/i.test(text)
}
