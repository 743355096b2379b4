export function mathMl(tex: string): string
export function formulas(): {
  name: string
  markup(source: { content: string }): { code: string } | undefined
}
