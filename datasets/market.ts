import { writeBars, type RawBars, type SymbolPath } from './bars.ts'
import { tradingDays } from './calendar.ts'
import { BENCHMARK, COMPANIES, SECTORS, type Company } from './companies.ts'
import { drawDeals, leakedReturns, OFFER_CALM, type Deal } from './deals.ts'
import { exp, log } from './math.ts'
import { runOracle, type OracleFigures } from './oracle.ts'
import { createRandom } from './random.ts'
import {
  drawEpisodes,
  drawRegimeWorld,
  edgeOn,
  expectedReturns,
  scalePredictability,
  type Episode,
  type RegimeWorld,
} from './regimes.ts'
import { garch, independent, YEAR, type Shocks } from './returns.ts'

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

const FIRST_YEAR = 2020

/** Share of the variance that happens while the exchange is shut. */
const OVERNIGHT = 0.36

const MARKET_VOLATILITY = 0.17
const SECTOR_VOLATILITY = 0.115
const OWN_VOLATILITY = 0.285
/** Moves of all companies that the benchmark, heavy with giants, does not share; wilder when the market falls. */
const BREADTH_VOLATILITY = 0.085
const BREADTH_PER_FALL = 0.68
/** Expected return of the market above nothing, a year. */
const PREMIUM = 0.08

const daily = (yearly: number) => yearly / Math.sqrt(YEAR)

/** Moves shared by many symbols, and the part of each that happens overnight, [days]. */
interface Factor extends Shocks {
  overnight: Float64Array
}

/**
 * Generates one simulated market: 36 operators, 60 companies that become targets, and a benchmark.
 * Latent states (regimes, deals in preparation) make expected returns, shocks are added, and bars, splits,
 * dividends and delistings follow from the path. Everything but predictability is the same at every strength.
 */
export function generateMarket({ seed, strength = 1, years = 5 }: MarketOptions): SimulatedMarket {
  const dates = tradingDays(FIRST_YEAR, years)
  const days = dates.length
  const stream = (label: string) => createRandom(seed, label)

  const world = drawRegimeWorld(days, stream('regime world'))
  const market = asFactor(
    garch(
      days,
      {
        deviation: daily(MARKET_VOLATILITY),
        alpha: 0.025,
        gamma: 0.155,
        beta: 0.88,
        freedom: 8,
        boundedVariance: 0.988,
      },
      stream('market'),
    ),
    stream('market overnight'),
  )
  const breadth = asFactor(drawBreadth(market, stream('breadth')), stream('breadth overnight'))
  const sectors = SECTORS.map((sector) =>
    asFactor(
      independent(days, daily(SECTOR_VOLATILITY), 6, stream(`sector ${sector}`)),
      stream(`sector overnight ${sector}`),
    ),
  )
  const deals = drawDeals(COMPANIES, dates, stream('deals'))
  const dealOf = new Map(deals.map((deal) => [deal.target, deal]))
  const halts = drawHalts(days, stream('halts'))

  const symbols = [...COMPANIES.map((company) => company.symbol), BENCHMARK.symbol]
  const bars = emptyBars(symbols.length * days)
  const beta = new Float64Array(symbols.length)
  const ownVolatility = new Float64Array(symbols.length)
  const episodes: Episode[] = []

  COMPANIES.forEach((company, symbol) => {
    const deal = dealOf.get(symbol)
    const path = drawCompany(company, symbol, {
      days,
      seed,
      strength,
      world,
      market,
      breadth,
      sector: sectors[SECTORS.indexOf(company.sector)],
      deal,
      slips: deals.filter(({ acquirer }) => acquirer === symbol),
    })
    beta[symbol] = path.beta
    ownVolatility[symbol] = path.ownVolatility
    episodes.push(...path.episodes)
    const halt = halts.find((candidate) => candidate.symbol === symbol)
    writeBars({ ...path, ...(halt && { halt }) }, bars, symbol * days, stream(`bars ${company.symbol}`))
  })
  const benchmark = symbols.length - 1
  beta[benchmark] = BENCHMARK_BETA
  writeBars(drawBenchmark(days, seed, market, sectors), bars, benchmark * days, stream('bars benchmark'))

  const companies: ListedCompany[] = COMPANIES.map(({ symbol, name, sector, hqAirport }, i) => {
    const deal = dealOf.get(i)
    return {
      symbol,
      name,
      sector,
      hqAirport,
      delistedOn: deal?.outcome === 'completed' ? dates[deal.ends] : null,
    }
  })
  companies.push({ ...BENCHMARK, sector: '', hqAirport: '', delistedOn: null })

  const { open, high, low, close, volume, adjFactor, splitFactor } = bars
  const tables = { dates, symbols, prices: { open, high, low, close }, volume, adjFactor }
  const latent = { regimes: world, deals, beta, ownVolatility }
  const oracle = runOracle(
    tables,
    latent,
    COMPANIES.map(({ sector }) => SECTORS.indexOf(sector)),
  )
  const operators = [...COMPANIES.keys()].filter((i) => COMPANIES[i].role === 'operator')
  const truth: Truth = { seed, strength, ...latent, operators, episodes, halts, oracle }
  return { seed, strength, ...tables, splitFactor, companies, truth }
}

/** Splits the moves of a factor into night and day: a Brownian bridge keeps the sum as it was drawn. */
function asFactor(shocks: Shocks, random: ReturnType<typeof createRandom>): Factor {
  const overnight = new Float64Array(shocks.value.length)
  const bridge = Math.sqrt(OVERNIGHT * (1 - OVERNIGHT))
  for (let day = 0; day < overnight.length; day++) {
    overnight[day] = OVERNIGHT * shocks.value[day] + bridge * shocks.deviation[day] * random.normal()
  }
  return { ...shocks, overnight }
}

/** A common shock of constant size, joined on falling days by one in proportion to the fall. */
function drawBreadth(market: Shocks, random: ReturnType<typeof createRandom>): Shocks {
  const days = market.value.length
  const shocks: Shocks = { value: new Float64Array(days), deviation: new Float64Array(days) }
  for (let day = 0; day < days; day++) {
    const fall = BREADTH_PER_FALL * Math.min(0, market.value[day])
    const deviation = Math.sqrt((BREADTH_VOLATILITY * BREADTH_VOLATILITY) / YEAR + fall * fall)
    shocks.deviation[day] = deviation
    shocks.value[day] = deviation * random.normal()
  }
  return shocks
}

interface Surroundings {
  days: number
  seed: number
  strength: number
  world: RegimeWorld
  market: Factor
  breadth: Factor
  sector: Factor
  deal: Deal | undefined
  /** Deals in which the company is the buyer. */
  slips: Deal[]
}

interface CompanyPath extends SymbolPath {
  beta: number
  ownVolatility: number
  episodes: Episode[]
}

function drawCompany(company: Company, symbol: number, around: Surroundings): CompanyPath {
  const { days, seed, strength, world, market, breadth, sector, deal } = around
  const stream = (label: string) => createRandom(seed, `${label} ${company.symbol}`)
  const character = stream('character')
  const beta = character.between(0.7, 1.5)
  const ownVolatility = OWN_VOLATILITY * character.between(0.75, 1.25)
  const startPrice = exp(character.between(log(18), log(220)))
  const dollarVolume = exp(character.between(log(15e6), log(500e6)))
  const pays = character.chance(0.55)
  const payout = {
    yield: pays ? character.between(0.005, 0.03) : 0,
    firstDay: 5 + character.below(63),
    splitAbove: character.between(140, 320),
  }

  const deviation = daily(ownVolatility)
  const own = asFactor(
    garch(
      days,
      { deviation, alpha: 0.13, gamma: 0, beta: 0.865, freedom: 4.5, boundedVariance: 0.94 },
      stream('own'),
    ),
    stream('own overnight'),
  )
  const usual =
    (beta * beta * MARKET_VOLATILITY * MARKET_VOLATILITY +
      BREADTH_VOLATILITY * BREADTH_VOLATILITY +
      SECTOR_VOLATILITY * SECTOR_VOLATILITY +
      ownVolatility * ownVolatility) /
    YEAR
  const drift = (beta * PREMIUM) / YEAR - usual / 2

  // Latent states and what they let one expect, while the price is not an offer.
  const freeDays = deal ? deal.announced : days
  const episodes = drawEpisodes(symbol, freeDays, world, stream('episodes'))
  const expected = expectedReturns(episodes, deviation, freeDays, days, world)
  scalePredictability(expected, freeDays, (day) => strength * edgeOn(day, world), stream('permuted'))
  if (deal) {
    const leak = leakedReturns(deal, days)
    scalePredictability(leak, freeDays, () => strength, stream('permuted leak'))
    for (let day = 0; day < freeDays; day++) expected[day] = expected[day] + leak[day]
  }
  const impulse = new Float64Array(days)
  const unusual = new Float64Array(days)
  for (const episode of episodes) {
    impulse[episode.day] = episode.direction * episode.impulse * deviation
    unusual[episode.day] = episode.volume
  }
  const news = new Float64Array(days)
  for (const { announced, slip } of around.slips) news[announced] = news[announced] + slip
  if (deal) {
    news[deal.announced] = news[deal.announced] + deal.premium * (1 - deal.leaked) - deal.spread
    if (deal.outcome === 'broken') news[deal.ends] = news[deal.ends] - deal.fall
  }

  const total = new Float64Array(days)
  const overnight = new Float64Array(days)
  const intraday = new Float64Array(days)
  const volume = new Float64Array(days)
  const crowd = stream('volume')
  let mood = 0
  let excitement = 0
  for (let day = 0; day < days; day++) {
    const underOffer =
      deal !== undefined && day >= deal.announced && !(deal.outcome === 'broken' && day >= deal.ends)
    const calm = underOffer ? OFFER_CALM : 1
    const converging = underOffer ? deal.spread / Math.max(1, deal.ends - deal.announced) : 0
    const foreseen = underOffer ? converging : drift + expected[day] + impulse[day]
    const shock = beta * market.value[day] + breadth.value[day] + sector.value[day] + own.value[day]
    total[day] = foreseen + calm * shock + news[day]
    overnight[day] =
      OVERNIGHT * foreseen +
      calm *
        (beta * market.overnight[day] + breadth.overnight[day] + sector.overnight[day] + own.overnight[day]) +
      news[day]
    const variance =
      beta * beta * market.deviation[day] * market.deviation[day] +
      breadth.deviation[day] * breadth.deviation[day] +
      sector.deviation[day] * sector.deviation[day] +
      own.deviation[day] * own.deviation[day]
    intraday[day] = calm * Math.sqrt((1 - OVERNIGHT) * variance)

    mood = 0.85 * mood + 0.12 * crowd.normal()
    excitement = 0.6 * excitement + (news[day] === 0 ? 0 : Math.min(1.6, 25 * Math.abs(news[day])))
    const surprise = Math.min(4, Math.abs(foreseen + shock) / Math.sqrt(usual))
    volume[day] = mood + 0.18 * crowd.normal() + VOLUME_PER_SURPRISE * surprise + unusual[day] + excitement
  }
  return {
    startPrice,
    total,
    overnight,
    intraday,
    volume,
    dollarVolume,
    endDay: deal?.outcome === 'completed' ? deal.ends + 1 : days,
    lastPayoutDay: freeDays,
    payout,
    beta,
    ownVolatility,
    episodes,
  }
}

/** Log volume per usual deviation of the day's return. */
const VOLUME_PER_SURPRISE = 0.2

const BENCHMARK_BETA = 1.2

/** The benchmark holds the market with a heavy hand in its first sector. */
function drawBenchmark(days: number, seed: number, market: Factor, sectors: Factor[]): SymbolPath {
  const random = createRandom(seed, 'benchmark')
  const weights = sectors.map((_, i) => (i === 0 ? 0.44 : 0.08))
  const usual = daily(0.21)
  const path = {
    startPrice: random.between(190, 230),
    total: new Float64Array(days),
    overnight: new Float64Array(days),
    intraday: new Float64Array(days),
    volume: new Float64Array(days),
  }
  let mood = 0
  for (let day = 0; day < days; day++) {
    const own = daily(0.02) * random.normal()
    const drift = (BENCHMARK_BETA * PREMIUM) / YEAR - (usual * usual) / 2
    let total = drift + BENCHMARK_BETA * market.value[day] + own
    let overnight = OVERNIGHT * (drift + own) + BENCHMARK_BETA * market.overnight[day]
    let variance = BENCHMARK_BETA * BENCHMARK_BETA * market.deviation[day] * market.deviation[day]
    sectors.forEach((sector, i) => {
      total += weights[i] * sector.value[day]
      overnight += weights[i] * sector.overnight[day]
      variance += weights[i] * weights[i] * sector.deviation[day] * sector.deviation[day]
    })
    path.total[day] = total
    path.overnight[day] = overnight
    path.intraday[day] = Math.sqrt((1 - OVERNIGHT) * variance)
    mood = 0.85 * mood + 0.12 * random.normal()
    path.volume[day] =
      mood + 0.18 * random.normal() + VOLUME_PER_SURPRISE * Math.min(4, Math.abs(total) / usual)
  }
  return {
    ...path,
    dollarVolume: 9e9,
    endDay: days,
    lastPayoutDay: days,
    payout: { yield: 0.006, firstDay: 52, splitAbove: Infinity },
  }
}

/** Two operators stop trading for a while: one for a few days, one for longer. */
function drawHalts(days: number, random: ReturnType<typeof createRandom>): Halt[] {
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
