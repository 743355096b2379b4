import * as v from 'valibot'
import { leastTest, leastTrain } from '../../workers/backtest/api.ts'
import { systemInfos } from '../../workers/systems/api.ts'
import { axesField, designField, paramsFit } from './sweepField.ts'
import { mostApart, mostDays, objectives } from './walkPlan.ts'

const days = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** A walk-forward in a link: bounded, and about parameters that its system has, at values they may take. */
export const walkField = v.pipe(
  v.object({
    system: v.picklist(systemInfos.map(({ id }) => id)),
    axes: axesField,
    design: designField,
    train: days(leastTrain, mostDays),
    test: days(leastTest, mostDays),
    gap: days(0, mostApart),
    embargo: days(0, mostApart),
    anchored: v.boolean(),
    objective: v.picklist(objectives),
  }),
  v.check((plan) => paramsFit(plan)),
)
