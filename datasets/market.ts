import { writeBars, type RawBars } from './bars.ts'
import { drawBenchmark } from './benchmarkPath.ts'
import { COMPANIES, SECTORS } from './companies.ts'
import { drawCharacter, drawCompany } from './companyPath.ts'
import type { Deal } from './deals.ts'
import { coveredCompanies } from './demand/coverage.ts'
import { drawDemandWorld, type DemandWorld } from './demand/demandWorld.ts'
import { drawSpells, type Spell } from './demand/spells.ts'
import { drawFactors } from './factors.ts'
import { runOracle, type OracleFigures } from './oracle.ts'
import { outlineMarket } from './outline.ts'
import { BENCHMARK_BETA, usualVariance } from './parameters.ts'
import { createRandom, type Random } from './random.ts'
import { drawRegimeWorld, type Episode, type RegimeWorld } from './regimes.ts'

export interface MarketOptions {
  /** A whole number; the same seed gives the same bytes on every machine. */
  seed: number
  /** 0 (nothing can be foretold: the null market) to 1; scales predictability only. Default 1. */
  strength?: number
  /** Calendar years from 2 January 2020; default 5. */
  years?: number
}

/** What is known of a company besides its prices. */
export interface ListedCompany {
  symbol: string
  name: string
  /** Empty for the benchmark, and so is the airport. */
  sector: string
  hqAirport: string
  /** Epoch day of the last trading day of a company that was taken over. */
  delistedOn: number | null
}

/** What only the generator knows, and what can be gained by somebody who knows how it works. */
export interface Truth {
  seed: number
  strength: number
  regimes: RegimeWorld
  /** Moves that start an episode; `symbol` and `day` are indices into the market. */
  episodes: Episode[]
  /** `target` and `acquirer` are indices into `symbols`. */
  deals: Deal[]
  halts: Halt[]
  /** Indices of the companies that buy others and trade throughout. */
  operators: number[]
  /** [symbols] how each symbol follows the market, and the yearly deviation that is its own. */
  beta: Float64Array
  ownVolatility: Float64Array
  oracle: OracleFigures
  demand: DemandTruth
}

/** What customers are up to, as far as prices answer to it; the tables are drawn from it by `drawDemand`. */
export interface DemandTruth {
  world: DemandWorld
  /** Indices of the companies whose customers are watched. */
  covered: number[]
  spells: Spell[]
}

export interface Halt {
  symbol: number
  /** Indices of the first day without trading and of the first day with it again. */
  from: number
  to: number
}

export interface SimulatedMarket {
  seed: number
  strength: number
  /** [days] epoch days */
  dates: Int32Array
  /** Operators, targets, then the benchmark. */
  symbols: string[]
  /** One per symbol, in the same order. */
  companies: ListedCompany[]
  /** [symbols × days], symbol-major, raw, in cents; 0 where the symbol did not trade. */
  prices: { open: Int32Array; high: Int32Array; low: Int32Array; close: Int32Array }
  /** [symbols × days] raw shares. */
  volume: Float64Array
  /** [symbols × days] adjusted price = raw price × adjFactor. */
  adjFactor: Float64Array
  /** [symbols × days] the part of adjFactor that splits account for. */
  splitFactor: Float64Array
  truth: Truth
}

/**
 * Generates one simulated market: 36 operators, 60 companies that become targets, and a benchmark.
 * Latent states (regimes, deals in preparation) make expected returns, shocks are added, and bars, splits,
 * dividends and delistings follow from the path. Everything but predictability is the same at every strength.
 * Throws a RangeError for options that make no market.
 */
export function generateMarket(options: MarketOptions): SimulatedMarket {
  const { seed, strength, dates, symbols, companies, deals, operators } = outlineMarket(options)
  const days = dates.length
  const stream = (label: string) => createRandom(seed, label)

  const world = drawRegimeWorld(days, stream('regime world'))
  const factors = drawFactors(days, seed)
  const dealOf = new Map(deals.map((deal) => [deal.target, deal]))
  const halts = drawHalts(days, stream('halts'))
  const characters = COMPANIES.map((company) => drawCharacter(company, seed))
  const demandWorld = drawDemandWorld(days, stream('demand world'))
  const covered = coveredCompanies(
    COMPANIES,
    characters.map((each) => usualVariance(each.beta, each.ownVolatility)),
  )
  const spells: Spell[] = []

  const bars = emptyBars(symbols.length * days)
  const beta = new Float64Array(symbols.length)
  const ownVolatility = new Float64Array(symbols.length)
  const episodes: Episode[] = []

  COMPANIES.forEach((company, symbol) => {
    const deal = dealOf.get(symbol)
    const listedDays = deal?.outcome === 'completed' ? deal.ends + 1 : days
    const own = covered.includes(symbol)
      ? drawSpells(symbol, listedDays, demandWorld, stream(`spells ${company.symbol}`))
      : []
    spells.push(...own)
    const path = drawCompany(company, characters[symbol], symbol, {
      days,
      seed,
      strength,
      world,
      market: factors.market,
      breadth: factors.breadth,
      sector: factors.sectors[SECTORS.indexOf(company.sector)],
      deal,
      slips: deals.filter(({ acquirer }) => acquirer === symbol),
      demand: demandWorld,
      spells: own,
    })
    beta[symbol] = characters[symbol].beta
    ownVolatility[symbol] = characters[symbol].ownVolatility
    episodes.push(...path.episodes)
    const halt = halts.find((candidate) => candidate.symbol === symbol)
    writeBars({ ...path, ...(halt && { halt }) }, bars, symbol * days, stream(`bars ${company.symbol}`))
  })
  const benchmark = symbols.length - 1
  beta[benchmark] = BENCHMARK_BETA
  writeBars(drawBenchmark(days, seed, factors), bars, benchmark * days, stream('bars benchmark'))

  const { open, high, low, close, volume, adjFactor, splitFactor } = bars
  const tables = { dates, symbols, prices: { open, high, low, close }, volume, adjFactor }
  const latent = { regimes: world, deals, beta, ownVolatility }
  const demand = { world: demandWorld, covered, spells }
  let oracle: OracleFigures | undefined
  const truth: Truth = {
    seed,
    strength,
    ...latent,
    operators,
    episodes,
    halts,
    // Only few who draw a market look at it, and it takes nearly as long as the market.
    get oracle() {
      const sectors = COMPANIES.map(({ sector }) => SECTORS.indexOf(sector))
      return (oracle ??= runOracle(tables, latent, sectors))
    },
    demand,
  }
  return { seed, strength, ...tables, splitFactor, companies, truth }
}

/** Two operators stop trading for a while: one for a few days, one for longer. */
function drawHalts(days: number, random: Random): Halt[] {
  const operators = random.shuffle([...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'operator'))
  return [2 + random.below(3), 6 + random.below(7)].map((length, i) => {
    const from = 30 + random.below(days - 60)
    return { symbol: operators[i], from, to: from + length }
  })
}

function emptyBars(size: number): RawBars {
  return {
    open: new Int32Array(size),
    high: new Int32Array(size),
    low: new Int32Array(size),
    close: new Int32Array(size),
    volume: new Float64Array(size),
    adjFactor: new Float64Array(size),
    splitFactor: new Float64Array(size),
  }
}
