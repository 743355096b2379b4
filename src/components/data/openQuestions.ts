import type { ImportPlan } from '../../../workers/data/api.ts'

/** What a person still has to answer or mend before the file can be imported, a sentence each. */
export function openQuestions(plan: ImportPlan): string[] {
  if (plan.problems.length > 0) return [...new Set(plan.problems)]
  const questions: string[] = []
  if (plan.dateAmbiguous) {
    questions.push('Its dates can be read day first or month first. Choose one below.')
  }
  if (plan.symbol === '') {
    questions.push('The name of the file does not tell which symbol it holds. Write the symbol.')
  }
  return questions
}

export function isReady(plan: ImportPlan): boolean {
  return plan.problems.length === 0 && !plan.dateAmbiguous && plan.symbol !== ''
}

/** Whether there is anything to set: a picture or an empty file has no rows to show and no columns to choose. */
export function isTable(plan: ImportPlan): boolean {
  return plan.sample.length > 0
}

/** Whether the file has rows that fit no table: a person may still say which one it is. */
export function isUnknown(plan: ImportPlan): boolean {
  return isTable(plan) && plan.problems.length > 0 && plan.shape === 'unknown shape'
}
