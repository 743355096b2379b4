import { expect, it } from 'vitest'
import { Pace } from '../../../../workers/hrm/training/pace.ts'

it('the pace of a training is not known before its first step', () => {
  const pace = new Pace()
  expect(pace.stepsPerSecond).toBe(0)
  expect(pace.timeLeft(10, 1)).toBeNull()
})

it('the pace forgets the first step, in which everything is compiled, and follows the newest', () => {
  const pace = new Pace()
  pace.tookStep(5_000)
  expect(pace.stepsPerSecond).toBeCloseTo(0.2)
  pace.tookStep(10)
  expect(pace.stepsPerSecond).toBeCloseTo(100)
  pace.tookStep(30)
  expect(pace.stepsPerSecond).toBeCloseTo(50)
  for (let i = 0; i < 100; i++) pace.tookStep(5)
  expect(pace.stepsPerSecond).toBeCloseTo(200, 0)
})

it('the time left counts validations too', () => {
  const pace = new Pace()
  pace.tookStep(100)
  pace.tookValidation(2_000)
  expect(pace.timeLeft(10, 3)).toBeCloseTo(1 + 6)
})
