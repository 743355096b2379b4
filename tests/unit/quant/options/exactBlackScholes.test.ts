import { describe, expect, it } from 'vitest'
import { blackScholes, type Option } from '../../../../workers/quant/options.ts'
import { Random } from '../../../../workers/quant/random.ts'
import { exactBlackScholes } from './exactBlackScholes.ts'

const CONTRACTS = 10_000

/** Anything a market lists and more: days to five years, within six deviations, rates and yields from −2 to 15 %. */
function drawOption(random: Random): Option {
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  const spot = Math.exp(between(0, 7))
  const years = Math.exp(between(Math.log(1 / 365), Math.log(5)))
  const vol = Math.exp(between(Math.log(0.03), Math.log(2)))
  return {
    right: random.below(2) === 0 ? 'call' : 'put',
    spot,
    strike: spot * Math.exp(between(-6, 6) * vol * Math.sqrt(years)),
    years,
    rate: between(-0.02, 0.15),
    dividendYield: between(-0.02, 0.15),
    vol,
  }
}

describe('Black–Scholes against fifty decimals', () => {
  it('judges by a computation that is itself right', () => {
    // J. Hull, Options, Futures, and Other Derivatives: a call on a share at 42.
    const hull = {
      right: 'call',
      spot: 42,
      strike: 40,
      years: 0.5,
      rate: 0.1,
      dividendYield: 0,
      vol: 0.2,
    } as const
    expect(exactBlackScholes(hull).price).toBeCloseTo(4.7594, 4)
    expect(exactBlackScholes({ ...hull, right: 'put' }).price).toBeCloseTo(0.8086, 4)
  })

  it(`has price and greeks to 1e-10, or 1e-14 of the share, on ${CONTRACTS} contracts`, () => {
    const random = new Random(20_240_917)
    for (let i = 0; i < CONTRACTS; i++) {
      const option = drawOption(random)
      const own = blackScholes(option)
      const exact = exactBlackScholes(option)
      for (const name of ['price', 'delta', 'gamma', 'vega', 'theta', 'rho'] as const) {
        const error = Math.abs(own[name] - exact[name])
        if (
          error >
          Math.max(
            1e-10 * Math.abs(exact[name]),
            name === 'gamma' ? 1e-14 / option.spot : 1e-14 * option.spot,
          )
        ) {
          expect.fail(`${name} of ${JSON.stringify(option)}: ${own[name]} for ${exact[name]}`)
        }
      }
    }
  }, 30_000)
})
