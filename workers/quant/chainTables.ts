/**
 * Option quotes as the data worker hands them over. A slice is the chain of one underlying on one day; its rows lie
 * together, ordered by expiry, strike and right (calls before puts). Days are epoch days; a quote is known at the
 * close of its day. Prices and strikes are raw, as listed; NaN where the file says nothing.
 */
export interface ChainTables {
  underlyings: {
    symbol: string[]
    /** Whether the file quotes bids and asks at all: without them no spread is known. */
    quoted: boolean[]
  }
  /** Ordered by underlying and day. */
  slices: {
    /** [slices] index into `underlyings` */
    underlying: Int32Array
    day: Int32Array
    /** Raw close of the share on that day by the prices in use; NaN where they do not have it. */
    spot: Float64Array
    /** [slices + 1] first row of each slice, and the number of rows */
    first: Int32Array
  }
  rows: {
    expiry: Int32Array
    strike: Float64Array
    /** +1 call, −1 put */
    right: Int8Array
    bid: Float64Array
    ask: Float64Array
    /** Last trade of that day; NaN where it is of an earlier day or there was none. */
    last: Float64Array
    volume: Float64Array
    openInterest: Float64Array
    /** As the source gives it, a year, as a decimal; NaN for placeholders. */
    vendorVol: Float64Array
  }
  problems: ChainProblem[]
}

/** Something about the files that one should know, told once with how often. */
export interface ChainProblem {
  count: number
  /** A sentence, the count in it. */
  text: string
}

/** The chain of one underlying on one day: views of the columns of the tables. */
export interface ChainSlice {
  symbol: string
  day: number
  /** NaN where unknown. */
  spot: number
  quoted: boolean
  /** Place of its first row in the tables. */
  first: number
  rows: ChainTables['rows']
}

export function sliceOf({ underlyings, slices, rows }: ChainTables, slice: number): ChainSlice {
  const from = slices.first[slice]
  const to = slices.first[slice + 1]
  const underlying = slices.underlying[slice]
  return {
    symbol: underlyings.symbol[underlying],
    day: slices.day[slice],
    spot: slices.spot[slice],
    quoted: underlyings.quoted[underlying],
    first: from,
    rows: {
      expiry: rows.expiry.subarray(from, to),
      strike: rows.strike.subarray(from, to),
      right: rows.right.subarray(from, to),
      bid: rows.bid.subarray(from, to),
      ask: rows.ask.subarray(from, to),
      last: rows.last.subarray(from, to),
      volume: rows.volume.subarray(from, to),
      openInterest: rows.openInterest.subarray(from, to),
      vendorVol: rows.vendorVol.subarray(from, to),
    },
  }
}

/** The tables without what was quoted after a day. @param day epoch day */
export function chainsUntil(chains: ChainTables, day: number): ChainTables {
  const { slices } = chains
  const kept: number[] = []
  slices.day.forEach((of, slice) => {
    if (of <= day) kept.push(slice)
  })
  const rows = kept.flatMap((slice) =>
    Array.from({ length: slices.first[slice + 1] - slices.first[slice] }, (_, i) => slices.first[slice] + i),
  )
  const first = new Int32Array(kept.length + 1)
  kept.forEach((slice, i) => (first[i + 1] = first[i] + slices.first[slice + 1] - slices.first[slice]))
  const at = (column: Float64Array) => Float64Array.from(rows, (row) => column[row])
  const { expiry, strike, right, bid, ask, last, volume, openInterest, vendorVol } = chains.rows
  return {
    ...chains,
    slices: {
      underlying: Int32Array.from(kept, (slice) => slices.underlying[slice]),
      day: Int32Array.from(kept, (slice) => slices.day[slice]),
      spot: Float64Array.from(kept, (slice) => slices.spot[slice]),
      first,
    },
    rows: {
      expiry: Int32Array.from(rows, (row) => expiry[row]),
      strike: at(strike),
      right: Int8Array.from(rows, (row) => right[row]),
      bid: at(bid),
      ask: at(ask),
      last: at(last),
      volume: at(volume),
      openInterest: at(openInterest),
      vendorVol: at(vendorVol),
    },
  }
}

/** The same up to a day; every later price is scaled by what `scale` draws for it. @param day epoch day */
export function chainsOfAnotherFuture(chains: ChainTables, day: number, scale: () => number): ChainTables {
  const { slices, rows } = chains
  const [bid, ask, last, spot] = [rows.bid, rows.ask, rows.last, slices.spot].map((column) => column.slice())
  slices.day.forEach((of, slice) => {
    if (of <= day) return
    spot[slice] *= scale()
    for (let row = slices.first[slice]; row < slices.first[slice + 1]; row++) {
      const factor = scale()
      bid[row] *= factor
      ask[row] *= factor
      last[row] *= factor
    }
  })
  return { ...chains, slices: { ...slices, spot }, rows: { ...rows, bid, ask, last } }
}
