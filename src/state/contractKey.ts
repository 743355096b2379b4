import { dayToIso, isoToDay } from './days.ts'

/** A contract of a chain; `right` +1 call, −1 put; the expiry an epoch day. */
export interface Contract {
  expiry: number
  strike: number
  right: 1 | -1
}

/** A contract as the link names it: “2025-01-17|350|call”. */
export function contractKey({ expiry, strike, right }: Contract): string {
  return `${dayToIso(expiry)}|${strike}|${right === 1 ? 'call' : 'put'}`
}

/** Null for a text that names no contract. */
export function contractOf(key: string): Contract | null {
  const [, date, strike, right] = /^(\d{4}-\d\d-\d\d)\|(\d{1,9}(?:\.\d{1,9})?)\|(call|put)$/.exec(key) ?? []
  const expiry = isoToDay(date ?? '')
  if (!Number.isFinite(expiry) || !(Number(strike) > 0)) return null
  return { expiry, strike: Number(strike), right: right === 'call' ? 1 : -1 }
}
