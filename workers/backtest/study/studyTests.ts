import type { EventStudy } from '../../quant/eventStudy.ts'
import type { EventStudyTest } from './contract.ts'

/** What the four tests say, with what they take for granted. */
export function studyTests(study: EventStudy): EventStudyTest[] {
  return [
    {
      id: 'patell',
      name: 'Patell',
      statistic: study.patell.z,
      p: study.patell.p,
      assumes:
        'Events have nothing to do with each other, and their days are no noisier than others: where they are, it finds too much.',
      formula: 'z = Σ sᵢ ÷ √n; sᵢ = Σ standardised abnormal returns ÷ √(k (L − 2) ÷ (L − 4)); normal',
      source: 'Patell 1976, Journal of Accounting Research 14',
    },
    {
      id: 'bmp',
      name: 'Boehmer, Musumeci & Poulsen',
      statistic: study.bmp.t,
      p: study.bmp.p,
      assumes: 'Events have nothing to do with each other; their days may be noisier than others.',
      formula: 't = mean of sᵢ ÷ (sample deviation of sᵢ ÷ √n); Student’s t, n − 1 degrees',
      source: 'Boehmer, Musumeci & Poulsen 1991, Journal of Financial Economics 30',
    },
    {
      id: 'kolari-pynnonen',
      name: 'Kolari & Pynnönen',
      statistic: study.kolariPynnonen.t,
      p: study.kolariPynnonen.p,
      assumes:
        'Events may be noisier and share days, if all pairs are about equally correlated; windows that overlap in part count in part.',
      formula: 't of Boehmer, Musumeci & Poulsen × √((1 − r̄) ÷ (1 + (n − 1) r̄))',
      source:
        'Kolari & Pynnönen 2010, Review of Financial Studies 23; partial overlap: Kolari, Pape & Pynnönen 2018',
    },
    {
      id: 'corrado',
      name: 'Corrado rank',
      statistic: study.corrado.z,
      p: study.corrado.p,
      assumes:
        'Returns may have any shape, but their days are no noisier than others; it looks at ranks, so one large jump counts as little as a small one.',
      formula:
        'z = √k × mean rank of the window, from the middle ÷ its root mean square over all days; normal',
      source: 'Corrado 1989, Journal of Financial Economics 23; several days: Cowan 1992',
    },
  ]
}
