const nobody =
  /^\W*(private(ly)?( owned?| owner(ship)?| individual| operator| person)?|individual|unknown|none|n\/?a|various|withheld|not available|sale reported|registration pending)\W*$/i
const trustee = /\b(trustees?|owner trust|trust (company|co|services)|as trustee)\b/i
const bank = /\b(banks?|banc|bancorp|banque|bankers)\b/i
const lessor =
  /\b(leasing|lease|lessors?|capital (corp|corporation)|(equipment|asset|aircraft) finance|financing)\b/i

/** Why the name in a registry may not be that of the operator; `stops` where no company can be told at all. */
export interface Caution {
  text: string
  stops: boolean
}

export function cautionOf(owner: string): Caution | null {
  if (nobody.test(owner)) return { text: 'A private or unnamed owner: no company can be told.', stops: true }
  if (trustee.test(owner)) return { text: 'A trustee, who holds it for somebody else.', stops: false }
  if (bank.test(owner)) return { text: 'A bank, which mostly holds aircraft for others.', stops: false }
  if (lessor.test(owner)) return { text: 'A lessor: somebody else flies it.', stops: false }
  return null
}
