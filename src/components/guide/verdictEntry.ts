/** “not assessable” → the entry of the guide that explains it. */
export function verdictEntry(kind: string): `verdict.${string}` {
  return `verdict.${kind.replaceAll(' ', '-')}`
}
