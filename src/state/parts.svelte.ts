import { partIds, type PartId, type PartFiles } from './partFiles.ts'

/** A part under way: bytes as they travel. */
export interface Arrival {
  id: PartId
  label: string
  done: number
  /** 0 = not known. */
  total: number
}

export const partLabels: Record<PartId, string> = {
  duckdb: 'DuckDB',
  charts: 'the charts',
  map: 'the map',
  models: 'TensorFlow.js',
}

/** A person did not want to wait for it. */
export class PartCancelled extends Error {
  constructor(id: PartId) {
    super(`Loading ${partLabels[id]} was cancelled.`)
  }
}

/**
 * Heavy parts of the page, each fetched when it is first needed: what of them has arrived is told, and a person may
 * stop it. A part that has been fetched is then found in the browser's cache by whoever imports it.
 */
export class Parts {
  arrivals = $state.raw<readonly Arrival[]>([])

  readonly #files: PartFiles | null
  readonly #loads = new Map<PartId, { promise: Promise<void>; stop: AbortController }>()

  /** @param files as the build wrote them down; null in development, where parts are imported without a word */
  constructor(files: PartFiles | null) {
    this.#files = files
  }

  /** Bytes of a part as they travel; 0 = not known. */
  size(id: PartId): number {
    return this.#files?.[id]?.packed ?? 0
  }

  /** Unpacked bytes of a part; 0 = not known. */
  unpacked(id: PartId): number {
    return this.#files?.[id]?.unpacked ?? 0
  }

  /** @throws PartCancelled */
  load(id: PartId): Promise<void> {
    const under = this.#loads.get(id)
    if (under) return under.promise
    const stop = new AbortController()
    const promise = this.#fetch(id, stop.signal)
    this.#loads.set(id, { promise, stop })
    // What was stopped or failed once may be asked for again.
    promise.catch(() => this.#loads.delete(id))
    return promise
  }

  cancel(id: PartId): void {
    this.#loads.get(id)?.stop.abort()
  }

  async #fetch(id: PartId, signal: AbortSignal): Promise<void> {
    const files = this.#files?.[id]
    if (!files) return
    let arrived = 0
    const tell = () => {
      const share = Math.min(1, arrived / files.unpacked)
      const arrival = {
        id,
        label: `Loading ${partLabels[id]}`,
        done: share * files.packed,
        total: files.packed,
      }
      this.arrivals = [...this.arrivals.filter((other) => other.id !== id), arrival]
    }
    tell()
    try {
      for (const file of files.names) {
        const { body } = await fetch(new URL(file, document.baseURI), { signal })
        const reader = body?.getReader()
        for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
          arrived += read.value.byteLength
          tell()
        }
      }
    } catch (cause) {
      if (signal.aborted) throw new PartCancelled(id)
      throw cause
    } finally {
      this.arrivals = this.arrivals.filter((other) => other.id !== id)
    }
  }
}

/** What the build left on the page. */
function filesOnPage(): PartFiles | null {
  const text = typeof document === 'undefined' ? undefined : document.getElementById?.('app')?.dataset.parts
  if (!text) return null
  const files = JSON.parse(text) as PartFiles
  return partIds.every((id) => id in files) ? files : null
}

export const parts = new Parts(filesOnPage())
