import type { JetInputs } from '../systems/jet/candidates.ts'
import type { PanelMessage } from './api.ts'
import { murmur128 } from './hash.ts'

/**
 * Names the prices, signals, flights and tickets of a panel by what is in them: the same files give the same name in every tab and
 * visit, so that trials and sweeps of an earlier visit are known again.
 *
 * @returns 32 hex digits
 */
export function contentsOf({ panel, signals, flights, demand }: PanelMessage): string {
  const columns: ArrayBufferView[] = [
    panel.dates,
    panel.open,
    panel.high,
    panel.low,
    panel.close,
    panel.volume,
  ]
  const texts = [panel.symbols.join('\n')]
  if (panel.rawFactor) columns.push(panel.rawFactor)
  if (panel.sector) columns.push(panel.sector)
  if (panel.chains) {
    const { underlyings, slices, rows } = panel.chains
    texts.push(JSON.stringify(underlyings))
    columns.push(...Object.values(slices), ...(Object.values(rows) as ArrayBufferView[]))
  }
  if (signals) {
    const { symbol, ...numbers } = signals
    texts.push(symbol.join('\n'))
    for (const column of Object.values(numbers)) texts.push(hashOf(column))
  }
  if (flights) {
    const { airports, companies, tails, ownership, flights: legs, events } = flights
    texts.push(JSON.stringify([airports.code, companies.symbol, tails.icao24]))
    for (const part of [airports, companies, ownership, legs, events])
      for (const column of Object.values(part)) if (ArrayBuffer.isView(column)) columns.push(column)
  }
  if (demand) {
    const { companies, products, tickets, adoption, incidents, news } = demand
    texts.push(JSON.stringify([companies.symbol, products.name, adoption.metric]))
    for (const part of [products, tickets, adoption, incidents, news])
      for (const column of Object.values(part)) if (ArrayBuffer.isView(column)) columns.push(column)
  }
  return named([...texts, ...columns.map(hashOf)])
}

/** The same with what models say of the flights: another model is another trial. */
export function contentsWithScores(contents: string, jet: JetInputs | null): string {
  if (jet === null) return contents
  const { models } = jet.candidates
  const said = models.flatMap(({ kind, conviction, event, confidence, risk }) => [
    kind,
    ...[conviction, event, confidence, risk].map(hashOf),
  ])
  return named([contents, ...said])
}

function named(texts: readonly string[]): string {
  return murmur128(new TextEncoder().encode(texts.join('\n\n')))
}

function hashOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return murmur128(new Uint8Array(buffer, byteOffset, byteLength))
}
