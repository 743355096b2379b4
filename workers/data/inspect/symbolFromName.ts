const noise = new Set(
  (
    'daily day d us usd eod ohlc ohlcv history historical historicaldata hist prices price stock stocks ' +
    'quotes quote data adj adjusted raw full max table export download sample test file book sheet output ' +
    'result results untitled new copy final yahoo stooq nasdaq nyse lean market series chart factors map all ' +
    'chain chains option options calls puts call put quotedata bars candles ohlcvs deals signals events news'
  ).split(' '),
)

/** The ticker a file name tells (`aapl_daily.csv`, `BRK.B.csv`, `msft.us.txt`); '' when it does not. */
export function symbolFromName(fileName: string): string {
  const base = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/(\.(csv|tsv|txt|dat|asc|json|ndjson|jsonl|parquet|arrow|feather|gz))+$/i, '')
    .replace(/\s*\(\d+\)$/, '')
    .replace(/[_.](us|uk|de|jp)([_.]d)?$/i, '')
  if (/^\^?[A-Z]{1,6}([.-][A-Z]|-USD)?$/.test(base) && !noise.has(base.toLowerCase())) return base
  const tokens = base
    .split(/[\s_.\-–—]+/)
    .filter((token) => token !== '' && !noise.has(token.toLowerCase()) && !/^\d+[a-z]?$/i.test(token))
  const [token] = tokens
  return tokens.length === 1 && /^\^?[a-z]{1,5}\d?$/i.test(token) ? token.toUpperCase() : ''
}
