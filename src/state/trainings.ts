/** Whatever trains in this tab, so that one who would end it can say so. */
export const trainings = new Set<{ readonly alive: boolean }>()
