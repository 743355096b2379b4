import type { PanelMessage } from './api.ts'
import { murmur128 } from './hash.ts'

/**
 * Names the prices and signals of a panel by what is in them: the same files give the same name in every tab and
 * visit, so that trials and sweeps of an earlier visit are known again.
 *
 * @returns 32 hex digits
 */
export function contentsOf({ panel, signals }: PanelMessage): string {
  const columns = [panel.dates, panel.open, panel.high, panel.low, panel.close, panel.volume]
  if (panel.rawFactor) columns.push(panel.rawFactor)
  if (panel.sector) columns.push(panel.sector)
  const texts = [panel.symbols.join('\n')]
  if (signals) {
    const { symbol, ...numbers } = signals
    texts.push(symbol.join('\n'))
    for (const column of Object.values(numbers)) texts.push(hashOf(column))
  }
  return murmur128(new TextEncoder().encode([...texts, ...columns.map(hashOf)].join('\n\n')))
}

function hashOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return murmur128(new Uint8Array(buffer, byteOffset, byteLength))
}
