/**
 * Under the policy of the page, text that a library hands over as markup or as the address of a script goes through
 * here first: no markup but the empty one, with which drawings are cleared, and scripts of this site alone. Svelte
 * makes its markup through a policy of its own.
 */
interface Rules {
  createHTML(text: string): string | null
  createScriptURL(address: string): string | null
}

export const rules: Rules = {
  createHTML: (text) => (text === '' ? text : null),
  createScriptURL: (address) =>
    new URL(address, document.baseURI).origin === location.origin ? address : null,
}

interface Factory {
  createPolicy(name: string, rules: Rules): unknown
}

;(globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy('default', rules)
