import type {
  AnomalyStudyRequest,
  AnomalyStudyResult,
  BudgetReport,
  KnowledgeCalendar,
  Outcome,
  ProductTimeline,
  RiskBoard,
  TicketAnomalies,
  TicketBand,
  TicketCandidate,
  TicketMarks,
  TicketsApi,
  TicketsStatus,
  WhatIf,
} from '../../workers/backtest/api.ts'
import type { TicketTextQuery, TicketTexts } from '../../workers/data/api.ts'
import { ticketWords } from '../../workers/data/schema.ts'
import type { Params } from '../../workers/systems/api.ts'
import { paramsOf } from './appState.ts'
import { notReady, stopped, SystemData, type Host } from './systemData.svelte.ts'
import type { TicketsTab } from './ticketsTabs.ts'

/** The Tickets system of a tab: the tickets in use, and what can be asked of them. */
export class Tickets extends SystemData<TicketsStatus> {
  constructor(host: Host) {
    super(host, 'tickets', 'Reading the tickets')
  }

  protected readStatus(api: TicketsApi): Promise<Outcome<TicketsStatus>> {
    return api.ticketsStatus()
  }

  get tab(): TicketsTab {
    return this.host.state.ticketsTab
  }
  /** Of the words in use. */
  get language(): string {
    return (this.host.state.ticketWords ?? ticketWords).language
  }
  get params(): Params {
    return paramsOf(this.host.state, 'tickets')
  }

  show(tab: TicketsTab): void {
    this.host.change({ ticketsTab: tab })
  }

  /** Index of the product whose timeline is shown; −1 where none was chosen, or it is not there. */
  get product(): number {
    const key = this.host.state.ticketProduct
    if (key === null) return -1
    return this.status?.products.findIndex((product) => productKey(product) === key) ?? -1
  }

  /** @param product index into `TicketsStatus.products` */
  showProduct(product: number): void {
    const chosen = this.status?.products[product]
    if (chosen) this.host.change({ ticketsTab: 'product', ticketProduct: productKey(chosen) })
  }

  // ── Questions ───────────────────────────────────────────────────────────

  anomalies(): Promise<Outcome<TicketAnomalies>> {
    return this.ask((api) => api.ticketAnomalies(this.params))
  }
  bands(products: number[], from: number, to: number): Promise<Outcome<TicketBand[]>> {
    return this.ask((api) => api.ticketBands(this.params, products, from, to))
  }
  marks(): Promise<Outcome<TicketMarks>> {
    return this.ask((api) => api.ticketMarks())
  }
  candidates(from: number | null, to: number | null, limit: number): Promise<Outcome<TicketCandidate[]>> {
    return this.ask((api) => api.ticketCandidates(this.params, from, to, limit))
  }
  timeline(product: number, from: number, to: number): Promise<Outcome<ProductTimeline>> {
    return this.askRun((api, request) => api.productTimeline(request, product, from, to))
  }
  knowledge(symbol: string, from: number, to: number): Promise<Outcome<KnowledgeCalendar>> {
    return this.ask((api) => api.knowledgeCalendar(this.params, symbol, from, to))
  }
  /** @param day epoch day; null = the last of the run */
  risk(day: number | null): Promise<Outcome<RiskBoard>> {
    return this.askRun((api, request) => api.riskBoard(request, day))
  }
  budget(): Promise<Outcome<BudgetReport>> {
    return this.askRun((api, request) => api.budgetReport(request))
  }
  whatIf(param: string, values: number[]): Promise<Outcome<WhatIf>> {
    return this.askRun((api, request) => api.ticketWhatIf(request, param, values))
  }
  study(request: AnomalyStudyRequest): Promise<Outcome<AnomalyStudyResult>> {
    return this.ask((api) => api.anomalyStudy(this.params, request))
  }

  /** The tickets behind a count, by the words in use. */
  async texts(query: Omit<TicketTextQuery, 'words'>): Promise<Outcome<TicketTexts>> {
    const { engine, state } = this.host
    if (!engine) return notReady
    try {
      return await engine.data.ticketTexts({ ...query, words: state.ticketWords })
    } catch (cause) {
      return stopped(cause)
    }
  }
}

/** A product as the link names it. */
export function productKey({ symbol, name }: { symbol: string; name: string }): string {
  return `${symbol}|${name}`
}
