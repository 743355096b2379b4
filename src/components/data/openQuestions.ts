import type { ImportPlan } from '../../../workers/data/api.ts'

/** What a person still has to answer or mend before the file can be imported, a sentence each. */
export function openQuestions(plan: ImportPlan): string[] {
  const questions = [...new Set(plan.problems)]
  if (plan.dateAmbiguous && !questions.some((sentence) => /day.first|month.first/i.test(sentence)))
    questions.push('Its dates can be read day first or month first. Choose one below.')
  if (plan.symbol === '' && !questions.some((sentence) => /symbol/i.test(sentence)))
    questions.push('The name of the file does not tell which symbol it holds. Write the symbol.')
  return questions
}

export function isReady(plan: ImportPlan): boolean {
  return plan.problems.length === 0 && !plan.dateAmbiguous && plan.symbol !== ''
}
