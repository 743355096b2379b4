import { demandColumns } from '../../../datasets/demand/demandColumns.ts'
import { demandOrders } from '../../../datasets/demand/demandOracle.ts'
import type { DemandKnowledge, DemandView } from '../../../datasets/demand/demandFilter.ts'
import { drawDemand } from '../../../datasets/demand/drawDemand.ts'
import { fillOrder, ORIGINAL_EXITS, RECOMMENDED_EXITS } from '../../../datasets/demand/exitRules.ts'
import { generateMarket, type SimulatedMarket } from '../../../datasets/market.ts'
import { marketPanel } from '../../../datasets/panel.ts'
import { createEngine } from '../../../workers/backtest/engine.ts'
import { lossesOfEquity } from '../../../workers/backtest/lossesOfEquity.ts'
import { defaultParams, systemInfos, type Params, type Preset } from '../../../workers/systems/api.ts'

/** A trade of the out-of-sample part, whoever made it. */
export interface TradeFigures {
  symbol: string
  direction: 1 | -1
  /** Profit after costs ÷ entry value. */
  return: number
  bars: number
  /** Share of the equity that it was sized on; NaN for the oracle, which has no account here. */
  loss: number
  exit: string
  /** Kind of the spell that the company was in when it was decided; '' = none. */
  spell: string
}

export interface RunFigures {
  trades: TradeFigures[]
  sharpe: number
  alpha: number
  maxDrawdown: number
  verdict: string
  pValue: number
  claims: { text: string; state: string; value: number; low: number; high: number }[]
}

export interface MarketFigures {
  seed: number
  strength: number
  fate: string
  runs: Record<Preset, RunFigures>
  oracle: Record<Preset, TradeFigures[]>
}

export const presets: Preset[] = ['recommended', 'original']
const info = systemInfos.find(({ id }) => id === 'tickets')!
/** Share of the days that is in sample. */
const inSample = 0.6

/** Both presets and the oracle on the last two fifths of a market. */
export async function measureMarket(
  seed: number,
  strength: number,
  changed: Params = {},
): Promise<MarketFigures> {
  const market = generateMarket({ seed, strength })
  const split = Math.floor(inSample * market.dates.length)
  return {
    seed,
    strength,
    fate: market.truth.demand.world.fate,
    runs: {
      recommended: await runOf(market, split, 'recommended', changed),
      original: await runOf(market, split, 'original', {}),
    },
    oracle: oracleOf(market, split),
  }
}

async function runOf(
  market: SimulatedMarket,
  split: number,
  preset: Preset,
  changed: Params,
): Promise<RunFigures> {
  const engine = createEngine()
  const panel = marketPanel(market)
  engine.load({ panelId: 'p', panel, simulated: true, signals: null, demand: demandColumns(market) })
  const request = {
    system: 'tickets' as const,
    params: { ...defaultParams(info, preset), ...changed },
    from: null,
    to: null,
    outOfSampleFrom: panel.dates[split],
    benchmark: 'QQQ',
    seed: market.seed,
  }
  const run = await engine.run(request)
  if (!run.ok) throw new Error(run.message)
  const evidence = await engine.evidence(request)
  if (!evidence.ok) throw new Error(evidence.message)
  const { metrics, trades, symbols } = run.value
  const losses = lossesOfEquity(run.value, trades)
  const metric = (id: string) => metrics.find((each) => each.id === id)!.outOfSample
  return {
    trades: trades.flatMap((trade, i) =>
      trade.outOfSample
        ? [
            {
              symbol: symbols[trade.symbol],
              direction: trade.direction,
              return: trade.return,
              bars: trade.bars,
              loss: losses[i],
              exit: trade.exitReason,
              spell: spellOf(market, symbols[trade.symbol], trade.signalDay),
            },
          ]
        : [],
    ),
    sharpe: metric('sharpe'),
    alpha: metric('alpha'),
    maxDrawdown: metric('maxDrawdown'),
    verdict: evidence.value.verdict.kind,
    pValue: evidence.value.pValue,
    claims: evidence.value.claims.map(({ text, state, value, low, high }) => ({
      text,
      state,
      value,
      low,
      high,
    })),
  }
}

/** Kind of the spell of a company on a trading day; '' where customers behave as usual. */
export function spellOf({ symbols, truth, dates }: SimulatedMarket, ticker: string, day: number): string {
  const symbol = symbols.indexOf(ticker)
  const spell = truth.demand.spells.find(
    (each) =>
      each.symbol === symbol &&
      each.kind !== 'shift' &&
      each.day <= day &&
      dates[day] - dates[each.day] <= each.length + 3,
  )
  return spell?.kind ?? ''
}

/** What the oracle’s orders gain from the split on, one lot of a company at a time. */
function oracleOf(market: SimulatedMarket, split: number): MarketFigures['oracle'] {
  const { tables, customers } = drawDemand(market)
  const { deals, beta, ownVolatility, demand } = market.truth
  const view: DemandView = { ...market, demand: tables }
  const known: DemandKnowledge = { deals, beta, ownVolatility, world: demand.world, customers }
  const orders = demandOrders(view, known).filter(({ entryDay }) => entryDay >= split)
  const filled = (rules: typeof RECOMMENDED_EXITS) => {
    const busyUntil = new Map<number, number>()
    return orders.flatMap((order): TradeFigures[] => {
      if ((busyUntil.get(order.symbol) ?? -1) >= order.entryDay) return []
      const fill = fillOrder(view, order, rules)
      if (!fill) return []
      busyUntil.set(order.symbol, fill.exitDay)
      const symbol = market.symbols[order.symbol]
      return [
        {
          symbol,
          direction: order.direction,
          return: fill.gain,
          bars: fill.exitDay - order.entryDay + 1,
          loss: NaN,
          exit: '',
          spell: spellOf(market, symbol, order.entryDay - 1),
        },
      ]
    })
  }
  return { recommended: filled(RECOMMENDED_EXITS), original: filled(ORIGINAL_EXITS) }
}
