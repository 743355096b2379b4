import * as v from 'valibot'

/** Runs that are compared at most: more lines than this cannot be told apart. */
export const mostCompared = 6

/** What is compared: each run as the fragment that reproduces it, and which of them the others are held against. */
export interface ComparePlan {
  runs: string[]
  /** Index into `runs`. */
  base: number
}

export const defaultComparePlan = (): ComparePlan => ({ runs: [], base: 0 })

/** Fragments are read when they are compared, each as bounded as any other link; one inside another is dropped there. */
export const compareField = v.object({
  runs: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^#v1\.[\w-]+$/), v.maxLength(4096))),
    v.maxLength(mostCompared),
    // The same run twice is one run.
    v.transform((runs) => [...new Set(runs)]),
  ),
  base: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostCompared - 1)),
})

/** The plan with a run more; the same where it is there already, null where there is no room. */
export function withRun(plan: ComparePlan, fragment: string): ComparePlan | null {
  if (plan.runs.includes(fragment)) return plan
  return plan.runs.length < mostCompared ? { ...plan, runs: [...plan.runs, fragment] } : null
}

/** The plan without one of its runs; the base stays the same run, or becomes the first. */
export function withoutRun({ runs, base }: ComparePlan, at: number): ComparePlan {
  const left = runs.filter((_, i) => i !== at)
  return { runs: left, base: at === base ? 0 : base - Number(at < base) }
}
