import type { Leg } from '../../../../workers/quant/structures.ts'

const expiry = 20_000

export const share = (quantity = 1): Leg => ({ right: 0, quantity, strike: NaN, expiry: 0 })
export const call = (strike: number, quantity = 1, over: Partial<Leg> = {}): Leg => ({
  right: 1,
  quantity,
  strike,
  expiry,
  ...over,
})
export const put = (strike: number, quantity = 1, over: Partial<Leg> = {}): Leg => ({
  ...call(strike, quantity, over),
  right: -1,
})
/** Sells the inner strikes, buys the outer ones. */
export const condor = (outerPut: number, innerPut: number, innerCall: number, outerCall: number): Leg[] => [
  put(outerPut),
  put(innerPut, -1),
  call(innerCall, -1),
  call(outerCall),
]
