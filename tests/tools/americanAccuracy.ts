/**
 * `npx tsx tests/tools/americanAccuracy.ts [cases]`: American prices against a lattice of 5,000 steps, on cases spread
 * by chance over maturities, rates, yields, volatilities and strikes; the largest distances as shares of the strike.
 */
import { americanPrice, type Option } from '../../workers/quant/options.ts'
import { Random } from '../../workers/quant/random.ts'
import { lattice } from '../unit/quant/options/lattice.ts'

const STEPS = 5000
const cases = Number(process.argv[2] ?? 200)
const random = new Random(8)
const between = (low: number, high: number) => low + (high - low) * random.uniform()
const spread = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)))

function drawCase(i: number): Option {
  const years = spread(1 / 365, 10)
  const vol = spread(0.05, 1.5)
  // Every fourth without interest, every fourth below; a yield as often 0 as high.
  const rate = [0, between(-0.03, 0), between(0, 0.05), between(0.05, 0.2)][i % 4]
  const dividendYield = [0, between(0, 0.04), between(0.04, 0.25), between(-0.03, 0)][(i >> 2) % 4]
  const strike = 100 * Math.exp(between(-2, 2) * vol * Math.sqrt(years))
  return { right: (i >> 4) % 2 === 0 ? 'call' : 'put', spot: 100, strike, years, rate, dividendYield, vol }
}

const errors = Array.from({ length: cases }, (_, i) => {
  const option = drawCase(i)
  const tree = lattice(option, STEPS)
  const finer = 2 * lattice(option, STEPS) - lattice(option, STEPS / 2)
  const own = americanPrice(option)
  return { option, error: Math.abs(own - tree) / option.strike, rest: Math.abs(own - finer) / option.strike }
}).sort((a, b) => b.error - a.error)

const rounded = (error: number) => error.toExponential(2)
console.log(
  JSON.stringify({
    cases,
    worst: rounded(errors[0].error),
    p95: rounded(errors[Math.floor(cases / 20)].error),
    median: rounded(errors[Math.floor(cases / 2)].error),
    above1e4: errors.filter(({ error }) => error > 1e-4).length,
    worstAgainstExtrapolated: rounded(Math.max(...errors.map(({ rest }) => rest))),
  }),
)
for (const { option, error, rest } of errors.slice(0, 5))
  console.log(rounded(error), rounded(rest), JSON.stringify(option))
