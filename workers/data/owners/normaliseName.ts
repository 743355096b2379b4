/** Legal forms and fillers: they tell nothing about who is meant. */
const fillers = new Set(
  (
    'inc incorporated corp corporation co company companies llc llp lp ltd limited plc gmbh mbh ag kg kgaa se sa ' +
    'sas sarl srl spa nv bv ab as asa aps oy oyj pte pty kk holding holdings group the and of na trust'
  ).split(' '),
)

/** Words of registries that many names share: half a sign, where a name has nothing else to go by. */
export const weakWords = new Set(
  (
    'air aircraft airline airlines airways aviation aero jet jets flight flights wings transport transportation travel department dept ' +
    'corporate executive services service operations management hangar international global national american ' +
    'usa us america enterprises partners systems technologies technology industries'
  ).split(' '),
)

/** “The Coca-Cola Company, Inc.” → [“coca”, “cola”]: accents, case, punctuation and legal forms folded away. */
export function nameTokens(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Letters with full stops are one word: U.S., N.A., S.p.A.
    .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => letters.replaceAll('.', ''))
    .replace(/['’`]/g, '')
    .replace(/&/g, ' and ')
  const tokens = plain.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '')
  const telling = tokens.filter((token) => !fillers.has(token))
  return telling.length > 0 ? telling : tokens
}

/** The name as it is compared; two names with the same one are the same name. */
export function normaliseName(name: string): string {
  return nameTokens(name).join(' ')
}
