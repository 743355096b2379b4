import type { AnomalyStudyRequest } from '../../../../workers/backtest/api.ts'
import type { AroundOption } from '../../study/studyWords.ts'

type Around = AnomalyStudyRequest['around']

export const anomalyOptions: AroundOption<Around>[] = [
  {
    value: 'negative',
    label: 'Complaints',
    one: 'unusual day of complaints',
    several: 'unusual days of complaints',
  },
  { value: 'positive', label: 'Uptake', one: 'unusual day of uptake', several: 'unusual days of uptake' },
  { value: 'signals', label: 'Signals', one: 'signal of this system', several: 'signals of this system' },
]

export const studyNote =
  'Unusual days count whether or not another source agreed and anything was traded. Of days of one company that follow one another within 10 days only the first counts: one spell is one event. Returns around unusual days are as they are; those around a short signal have their sign turned.'

/** Why there is nothing to study. */
export function noneWords(around: Around): string {
  return around === 'signals'
    ? 'There are no signals to study. The report shows the unusual days, and why none was followed.'
    : 'With these settings no day was unusual. Lower the threshold under “Report”, or load other tickets.'
}
