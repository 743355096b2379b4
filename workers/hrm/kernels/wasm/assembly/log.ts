/**
 * ln x for a positive, normal x, to 1e-15; infinity and NaN stay what they are: x = 2^n · f with f between √½ and √2, and ln f = 2 artanh((f − 1)/(f + 1)).
 * Ours, because the logarithm of AssemblyScript brings a table, and there is no room for one in tfjs's memory.
 */
export function log(x: f64): f64 {
  if (!(x < Infinity)) return x
  const bits = reinterpret<i64>(x)
  // The top half of 2^n · √½ … 2^n · √2 minus that of √½ has n as its exponent.
  const high = <i32>(bits >> 32) - 0x3fe6a09e
  const n = high >> 20
  const f = reinterpret<f64>(bits - ((<i64>n) << 52))
  const s = (f - 1) / (f + 1)
  const z = s * s
  let series: f64 = 0
  for (let k = 21; k > 0; k -= 2) series = series * z + 1 / <f64>k
  return <f64>n * 0.6931471805599453 + 2 * s * series
}
