import { describe, expect, it } from 'vitest'
import type { RunRequest } from '../../../../workers/backtest/api.ts'
import { createEngine } from '../../../../workers/backtest/engine.ts'
import { defaultParams, systemInfos } from '../../../../workers/systems/api.ts'
import { benchPanel } from '../../../bench/backtestPanel.ts'

const panel = benchPanel(4, 400, 5)
const info = systemInfos.find(({ id }) => id === 'options')!
const request = (stop: number): RunRequest => ({
  system: 'options',
  params: { ...defaultParams(info, 'recommended'), stop },
  from: null,
  to: null,
  outOfSampleFrom: null,
  benchmark: 'QQQ',
  seed: 7,
})

function engineWithPanel() {
  const engine = createEngine()
  engine.load({ panelId: 'p', panel, simulated: true, signals: null })
  return engine
}

describe('a guard asked of the engine', () => {
  it('gives way to a newer run', async () => {
    const engine = engineWithPanel()
    await engine.run(request(0.05))
    const [guard, run] = await Promise.all([
      engine.guard(request(0.05), 'randomEntries'),
      engine.run(request(0.06)),
    ])
    expect(!guard.ok && guard.code).toBe('superseded')
    expect(run.ok).toBe(true)
  })

  it('knows everything that was tried, and its own reruns are not charged', async () => {
    const engine = engineWithPanel()
    const stops = Array.from({ length: 12 }, (_, i) => 0.03 + 0.005 * i)
    for (const stop of stops) await engine.run(request(stop))
    const newest = request(stops[11])
    expect(await engine.familySize()).toBe(12)
    const jittered = await engine.guard(newest, 'parameterJitter')
    expect(jittered.ok && jittered.value.reruns.length).toBe(40)
    const evidence = await engine.evidence(newest)
    expect(evidence.ok && evidence.value.trials).toBe(12)
    const overfitting = await engine.guard(newest, 'overfitting')
    expect(overfitting.ok && overfitting.value.state).not.toBe('unknown')
    const deflated = await engine.guard(newest, 'deflatedSharpe')
    expect(deflated.ok && deflated.value.finding).toContain('12 trials')
    expect(await engine.familySize()).toBe(12)
    const check = await engine.guard(newest, 'realityCheck')
    expect(check.ok && check.value.value).toBeGreaterThan(0)
  })
})
