import { aviationShapes } from './aviation.ts'
import { companyShapes } from './companies.ts'
import { demandShapes } from './demand.ts'
import { happeningsShapes } from './happenings.ts'
import { leanShapes } from './lean.ts'
import { optionShapes } from './options.ts'
import type { Shape } from './shape.ts'

/** All shapes that are known; the first that fits a file is its. */
export const shapes: Shape[] = [
  ...leanShapes,
  ...aviationShapes,
  ...optionShapes,
  ...demandShapes,
  ...happeningsShapes,
  ...companyShapes,
]
