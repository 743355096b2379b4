import type { RowRule } from './findings.ts'

const contract = `symbol || ' ' || quote_date || ' ' || expiry || ' ' || printf('%g', strike) || ' ' || "right"`

/** Yahoo writes 1e-5 where its solver gave up; LEAN writes 0. */
const placeholderVol = 1e-4

function quote(name: string, where: string, says: [one: string, many: string], example: string): RowRule {
  return {
    name,
    kind: 'quotes',
    severity: 'info',
    where,
    text: (count, n) => `${count} ${n === 1 ? says[0] : says[1]}`,
    example: `${contract} || ${example}`,
  }
}

const bidAsk = `': bid ' || printf('%g', bid) || ', ask ' || printf('%g', ask)`

export const optionRules: RowRule[] = [
  {
    ...quote(
      'crossed',
      'bid > ask AND NOT isnan(bid) AND NOT isnan(ask)',
      [
        'quote has its bid above its ask: not to be traded on.',
        'quotes have their bid above their ask: not to be traded on.',
      ],
      bidAsk,
    ),
    severity: 'warn',
  },
  quote(
    'no-bid',
    'bid = 0',
    [
      'quote has a bid of zero: nobody buys it, so it cannot be sold.',
      'quotes have a bid of zero: nobody buys them, so they cannot be sold.',
    ],
    bidAsk,
  ),
  quote(
    'no-ask',
    'ask = 0',
    [
      'quote has an ask of zero: nobody offers it, so it cannot be bought.',
      'quotes have an ask of zero: nobody offers them, so they cannot be bought.',
    ],
    bidAsk,
  ),
  {
    ...quote(
      'placeholder-vol',
      `implied_vol <= ${placeholderVol}`,
      [
        'implied volatility is a placeholder (0.0001 or less), written where none could be found.',
        'implied volatilities are placeholders (0.0001 or less), written where none could be found.',
      ],
      `': implied volatility ' || printf('%g', implied_vol)`,
    ),
    severity: 'warn',
  },
  quote(
    'old-trade',
    'last_trade::DATE < quote_date',
    [
      'last trade is older than the day of the quote: the last price is no quote of that day.',
      'last trades are older than the day of the quote: their last prices are no quotes of that day.',
    ],
    `': last trade ' || last_trade::DATE`,
  ),
  {
    ...quote(
      'expired',
      'expiry < quote_date',
      ['quote is of a contract that had expired.', 'quotes are of contracts that had expired.'],
      `''`,
    ),
    severity: 'warn',
  },
]
