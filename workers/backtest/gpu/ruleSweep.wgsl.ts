import { slotNames } from './slots.ts'

/**
 * Words that a combination leaves behind, in this order. Of each part: total return, Sharpe, maximum drawdown, alpha,
 * trades (a whole number), win rate. Then the hash of its trades, the mean of its daily excess returns after beta, t
 * (written by the charging kernels), and the Sharpe ratio of the whole run per day.
 */
export const partWords = 6
export const word = { hash: 12, mean: 13, t: 14, sharpe: 15 } as const
export const words = 16

/** Combinations of one workgroup. */
export const group = 64

/** Bits of a float32 that is no number: WGSL has no literal for it. */
export const noNumber = '0x7fc00000u'

/**
 * The simulation of one symbol, long only, one thread per combination; the order of events in a day, fills and limits
 * are those of the core (`simulate`), of which this is a copy in float32.
 *
 * - What rounding puts between amounts that are equal is larger here: four parts in 10⁷.
 * - Money is not kept as such. Equity grows by the profit of each day, which is a sum of price differences, so that
 *   daily returns are as exact as prices are; what rounding leaves of equity is carried over to the next day (Kahan
 *   1965).
 * - All threads read the same day at a time, and neighbours mostly the same or neighbouring columns.
 * - The hash of the trades: for each, entry day, exit day (from the first of the run) and exit code are xored into it
 *   one after the other, and each time it is multiplied by 16777619 (as in FNV-1).
 */
export const ruleSweepKernel = /* wgsl */ `
override rule: u32 = 0u;        // 0 averages, 1 RSI, 2 Bollinger bands
override charging: bool = false; // keep the daily returns

struct Market {
  days: u32,
  columns: u32,
  split: u32,         // first day out of sample; days where there is no split
  hasBenchmark: u32,
  squares: vec2f,     // of the benchmark's returns about their mean, by part
  mean: vec2f,
  wholeSquares: f32,  // the same over all days
  wholeMean: f32,
  apart: vec2f,       // mean of the part less mean of all days
}
struct Batch {
  count: u32,  // combinations of the batch
  first: u32,  // of these the first of this dispatch
  size: u32,   // combinations of this dispatch
  stride: u32, // of the daily returns
}

@group(0) @binding(0) var<uniform> market: Market;
@group(0) @binding(1) var<uniform> batch: Batch;
@group(0) @binding(2) var<storage, read> bars: array<vec4f>;
@group(0) @binding(3) var<storage, read> more: array<vec2f>;
@group(0) @binding(4) var<storage, read> columns: array<f32>;
@group(0) @binding(5) var<storage, read> slots: array<u32>;
@group(0) @binding(6) var<storage, read> picks: array<u32>;      // [axes × count]
@group(0) @binding(7) var<storage, read_write> out: array<u32>;  // [words × count]
@group(0) @binding(8) var<storage, read_write> excess: array<f32>; // [days − 1 × stride] over interest
// [stride] mean over interest, beta, mean after beta
@group(0) @binding(9) var<storage, read_write> charged: array<vec4f>;

${slotNames.map((name, i) => `const slot_${name} = ${i}u;`).join('\n')}
const same = 4e-7;
const never = 1e30;
const noNumber = ${noNumber};

const stopped = 0u;
const stoppedAtOpen = 1u;
const reached = 2u;
const reachedAtOpen = 3u;
const timedOut = 4u;
const signalled = 5u;
const ended = 9u;

fn slot(which: u32, combination: u32) -> f32 {
  let axis = slots[2u * which];
  let begin = slots[2u * which + 1u];
  if (axis == 0xffffffffu) { return bitcast<f32>(slots[begin]); }
  return bitcast<f32>(slots[begin + picks[axis * batch.count + combination]]);
}

fn put(which: u32, combination: u32, value: f32) {
  out[which * batch.count + combination] = bitcast<u32>(value);
}

fn mix(hash: u32, value: u32) -> u32 { return (hash ^ value) * 16777619u; }

/** What the kernel sums up over the days of a part. */
struct Sums {
  start: f32,   // equity before its first return
  peak: f32,
  deepest: f32,
  total: f32,   // of the returns over interest
  carry: f32,
  squares: f32,
  cross: f32,   // with the benchmark's deviations
}

/** Mean ÷ sample deviation of n values, from their sum and that of their squares; no number where they do not vary. */
fn ratioBits(total: f32, squares: f32, n: f32, scale: f32) -> u32 {
  let mean = total / n;
  let variance = (squares - n * mean * mean) / (n - 1.0);
  if (n > 1.0 && variance > 0.0) { return bitcast<u32>(mean / sqrt(variance) * scale); }
  return noNumber;
}

fn finish(part: u32, combination: u32, sums: Sums, equity: f32, returns: u32) {
  let n = f32(returns);
  let at = part * ${partWords}u;
  put(at, combination, select(0.0, equity / sums.start - 1.0, returns > 0u));
  let mean = sums.total / n;
  out[(at + 1u) * batch.count + combination] = ratioBits(sums.total, sums.squares, n, ${Math.sqrt(252)});
  if (returns > 0u) { put(at + 2u, combination, sums.deepest); }
  else { out[(at + 2u) * batch.count + combination] = noNumber; }
  let squares = market.squares[part];
  if (market.hasBenchmark == 1u && returns > 1u && squares > 0.0) {
    let interest = slot(slot_interest, combination);
    let slope = sums.cross / squares;
    put(at + 3u, combination, (mean - slope * (market.mean[part] - interest)) * 252.0);
  } else {
    out[(at + 3u) * batch.count + combination] = noNumber;
  }
}

fn finishTrades(part: u32, combination: u32, trades: u32, wins: u32) {
  let at = part * ${partWords}u + 4u;
  out[at * batch.count + combination] = trades;
  if (trades > 0u) { put(at + 1u, combination, f32(wins) / f32(trades)); }
  else { out[(at + 1u) * batch.count + combination] = noNumber; }
}

@compute @workgroup_size(${group})
fn simulate(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= batch.size) { return; }
  let me = batch.first + id.x;

  let size = slot(slot_size, me);
  let position = slot(slot_position, me);
  let limit = min(min(position, slot(slot_gross, me)), min(slot(slot_net, me), slot(slot_sector, me)));
  let minimumTrade = slot(slot_minimumTrade, me) * (1.0 - same);
  let wholeShares = slot(slot_wholeShares, me) > 0.0;
  let stopFraction = slot(slot_stop, me);
  let targetFraction = slot(slot_target, me);
  let maxBars = u32(slot(slot_maxBars, me));
  let commission = slot(slot_commission, me);
  let slippage = slot(slot_slippage, me);
  let interest = slot(slot_interest, me);
  let ambiguous = u32(slot(slot_ambiguous, me));
  let column = u32(slot(slot_column, me));
  let otherColumn = u32(slot(slot_otherColumn, me));
  let low = slot(slot_low, me);
  let lowRest = slot(slot_lowRest, me);
  let high = slot(slot_high, me);
  let ratio = slot(slot_ratio, me);
  let width = slot(slot_width, me);
  let widthRest = slot(slot_widthRest, me);

  var equity = slot(slot_capital, me);
  var carry = 0.0;
  var shares = 0.0;
  var entry = 0.0;
  var entryDay = 0u;
  var mark = 0.0;
  var held = 0u;
  var stopAt = 0.0;
  var targetAt = 0.0;

  var sums: Sums;
  var part = 0u;
  var returnsBefore = 0u;
  var sumAll = 0.0;
  var squaresAll = 0.0;
  var crossAll = 0.0;
  var trades = vec2u(0u);
  var wins = vec2u(0u);
  var hash = 2166136261u;

  let rests = (market.days + 1u) * market.columns;
  var before = columns[column];
  var otherBefore = columns[otherColumn];
  // Conviction of what was decided at the previous close; negative: sell.
  var call = 0.0;

  for (var day = 0u; day < market.days; day++) {
    let bar = bars[day];
    let open = bar.x;
    let isLast = day + 1u == market.days;
    var profit = 0.0;
    // 0 nothing closes, else 1 + the exit code.
    var exit = 0u;
    var exitPrice = 0.0;

    if (call < 0.0 && shares > 0.0) {
      exit = 1u + signalled;
      exitPrice = open;
    } else if (call > 0.0 && shares == 0.0) {
      let fill = open * (1.0 + slippage);
      let wanted = min(position, size * call) * equity / fill;
      var bought = min(limit * equity / fill, wanted);
      if (wholeShares) {
        let unit = more[day].x;
        bought = floor(bought / unit * (1.0 + same)) * unit;
      }
      if (bought > 0.0 && bought * fill >= minimumTrade) {
        shares = bought;
        entry = fill;
        entryDay = day;
        mark = fill;
        held = 0u;
        stopAt = select(-never, fill - fill * stopFraction, stopFraction > 0.0);
        targetAt = select(never, fill + fill * targetFraction, targetFraction > 0.0);
        profit -= commission * bought * fill;
      }
    }

    if (shares > 0.0 && exit == 0u) {
      held++;
      let equal = same * entry;
      if (open <= stopAt + equal) {
        exit = 1u + stoppedAtOpen;
        exitPrice = open;
      } else if (open >= targetAt - equal) {
        exit = 1u + reachedAtOpen;
        exitPrice = open;
      } else {
        let isStopped = bar.z <= stopAt + equal;
        let isReached = bar.y >= targetAt - equal;
        if (isStopped || isReached) {
          var stopFirst = isStopped;
          if (isStopped && isReached) {
            stopFirst = ambiguous == 0u || (ambiguous == 2u && open - stopAt <= targetAt - open + equal);
          }
          exit = 1u + select(reached, stopped, stopFirst);
          exitPrice = select(targetAt, stopAt, stopFirst);
        } else if (held == maxBars) {
          exit = 1u + timedOut;
          exitPrice = bar.w;
        } else if (isLast) {
          exit = 1u + ended;
          exitPrice = bar.w;
        } else {
          profit += shares * (bar.w - mark);
          mark = bar.w;
        }
      }
    }

    if (exit != 0u) {
      let fill = exitPrice * (1.0 - slippage);
      profit += shares * (fill - mark) - commission * shares * fill;
      let isWin = fill - entry - commission * (entry + fill) > 0.0;
      let later = select(0u, 1u, entryDay >= market.split);
      trades[later] += 1u;
      wins[later] += select(0u, 1u, isWin);
      hash = mix(mix(mix(hash, entryDay), day), exit - 1u);
      shares = 0.0;
    }

    let gross = shares * mark;
    // Over what the same money would have earned idle.
    var beyond = profit;
    if (isLast) { beyond -= equity * interest; }
    else if (equity + profit > gross) { beyond += (profit - gross) * interest; }
    else { beyond -= equity * interest; }
    let over = beyond / equity;

    if (day == market.split && day > 0u) {
      let returns = day - 1u;
      finish(0u, me, sums, equity, returns);
      sumAll = sums.total;
      squaresAll = sums.squares;
      crossAll = sums.cross + market.apart.x * sums.total;
      sums = Sums(equity, equity, 0.0, 0.0, 0.0, 0.0, 0.0);
      part = 1u;
      returnsBefore = returns;
    }

    let added = beyond + equity * interest - carry;
    let grown = equity + added;
    carry = (grown - equity) - added;
    equity = grown;

    if (day == 0u) {
      sums = Sums(equity, equity, 0.0, 0.0, 0.0, 0.0, 0.0);
    } else {
      let term = over - sums.carry;
      let total = sums.total + term;
      sums.carry = (total - sums.total) - term;
      sums.total = total;
      sums.squares += over * over;
      sums.cross += over * more[day].y;
      sums.peak = max(sums.peak, equity);
      sums.deepest = min(sums.deepest, equity / sums.peak - 1.0);
      if (charging) { excess[(day - 1u) * batch.stride + id.x] = over; }
    }

    let row = (day + 1u) * market.columns;
    let now = columns[row + column];
    call = 0.0;
    if (rule == 0u) {
      let other = columns[row + otherColumn];
      if (before >= 0.0 && otherBefore >= 0.0) {
        if (before <= otherBefore && now > other) { call = 0.8; }
        else if (before >= otherBefore && now < other) { call = -0.7; }
      }
      otherBefore = other;
    } else if (rule == 1u) {
      if (before >= 0.0) {
        if (before >= low && now < low) {
          let isActive = ratio == 0.0 || columns[row + otherColumn] > ratio;
          let below = (low - now) + (lowRest - columns[rests + row + column]);
          call = select(0.0, min(1.0, below / 10.0), isActive);
        } else if (before <= high && now > high) {
          call = -1.0;
        }
      }
    } else {
      if (-now > width) {
        call = min(1.0, (-now - width) - (columns[rests + row + column] + widthRest));
      }
      else if (now > width) { call = -1.0; }
    }
    before = now;
  }

  let returns = market.days - 1u - returnsBefore;
  finish(part, me, sums, equity, returns);
  sumAll += sums.total;
  squaresAll += sums.squares;
  crossAll += sums.cross + market.apart[part] * sums.total;
  finishTrades(0u, me, trades.x, wins.x);
  finishTrades(1u, me, trades.y, wins.y);
  out[${word.hash}u * batch.count + me] = hash;

  var beta = 0.0;
  if (market.wholeSquares > 0.0) { beta = crossAll / market.wholeSquares; }
  let n = f32(market.days - 1u);
  out[${word.sharpe}u * batch.count + me] = ratioBits(sumAll, squaresAll, n, 1.0);
  let mean = sumAll / n;
  let skill = mean - beta * (market.wholeMean - interest);
  if (charging) { charged[id.x] = vec4f(mean, beta, skill, 0.0); }
  put(${word.mean}u, me, skill);
  out[${word.t}u * batch.count + me] = noNumber;
}
`
