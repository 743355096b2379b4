import { describe, expect, it } from 'vitest'
import { scoreChanged } from '../../../../workers/backtest/jet/scoreChanged.ts'
import type { RowScorer } from '../../../../workers/quant/rows.ts'
import { jetRows, type JetRows } from '../../../../workers/systems/jetFeatures.ts'
import { smallFleet, type SmallLeg } from '../../systems/jet/smallFleet.ts'
import { standInScores } from '../../systems/jet/simulatedJet.ts'

const monday = 19723
const dates = Int32Array.from({ length: 100 }, (_, i) => monday + i)
const legs: SmallLeg[] = Array.from({ length: 40 }, (_, i) => [
  { day: monday + 2 * i, hour: 8, from: 'HOME', to: i % 7 === 0 ? 'SEAT' : 'PLNT' },
  { day: monday + 2 * i, hour: 16, from: i % 7 === 0 ? 'SEAT' : 'PLNT', to: 'HOME' },
]).flat()

function rowsOf(more: SmallLeg[] = []): JetRows {
  const companies = { BUY: 'HOME', TGT: 'SEAT' }
  return jetRows(smallFleet({ companies, owners: [['T1', 'BUY']], legs: [...legs, ...more] }), dates)
}

function asked(): { scorer: RowScorer; rows: () => number } {
  let count = 0
  const scorer: RowScorer = {
    score: (_model, table) => {
      count += table.rows
      return Promise.resolve(standInScores(table))
    },
  }
  return { scorer, rows: () => count }
}

describe('new flights', () => {
  const before = rowsOf()
  const after = rowsOf([{ day: monday + 85, hour: 9, from: 'HOME', to: 'SEAT' }])
  const entity = (rows: JetRows) => new Int32Array(rows.rows)

  it('have only those rows scored that they change, and all rows come out as if all had been', async () => {
    const { scorer, rows } = asked()
    const scores = await scoreChanged(scorer, 'm', before, entity(before), null)
    expect(rows()).toBe(before.rows)
    const again = await scoreChanged(scorer, 'm', after, entity(after), { model: 'm', rows: before, scores })
    expect(rows() - before.rows).toBeGreaterThan(0)
    expect(rows() - before.rows).toBeLessThan(after.rows / 2)
    expect(again).toEqual(standInScores(after))
  })

  it('that change nothing ask nothing', async () => {
    const { scorer, rows } = asked()
    const known = { model: 'm', rows: before, scores: standInScores(before) }
    expect(await scoreChanged(scorer, 'm', rowsOf(), entity(before), known)).toEqual(known.scores)
    expect(rows()).toBe(0)
  })

  it('are all scored by another model', async () => {
    const { scorer, rows } = asked()
    await scoreChanged(scorer, 'other', after, entity(after), {
      model: 'm',
      rows: before,
      scores: standInScores(before),
    })
    expect(rows()).toBe(after.rows)
  })
})
