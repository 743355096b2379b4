import * as v from 'valibot'

const list = v.object({
  packages: v.array(
    v.object({
      name: v.string(),
      version: v.string(),
      licence: v.string(),
      address: v.string(),
      note: v.string(),
      text: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  texts: v.array(v.string()),
})

export type LicenceList = v.InferOutput<typeof list>

/**
 * Licences of everything that is shipped, as the build wrote them down.
 *
 * @throws Error with a sentence where they cannot be had
 */
export async function fetchLicences(): Promise<LicenceList> {
  const response = await fetch(new URL('licences.json', document.baseURI)).catch(() => null)
  const read = v.safeParse(list, response?.ok ? await response.json().catch(() => null) : null)
  if (!read.success)
    throw new Error(
      'The list of licences could not be loaded. It is made when the page is built, as licences.json.',
    )
  return read.output
}

/** “24 MIT, 9 Apache-2.0, 1 BSD-3-Clause” */
export function kindsIn({ packages }: LicenceList): [licence: string, count: number][] {
  const kinds = new Map<string, number>()
  for (const { licence } of packages) kinds.set(licence, (kinds.get(licence) ?? 0) + 1)
  return [...kinds].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en'))
}
