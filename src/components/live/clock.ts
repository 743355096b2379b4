import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000)
  return () => clearInterval(timer)
})

/** The time of day, for what is counted down on the page: goes on only while somebody looks. */
export const clock = {
  /** Epoch milliseconds; in an effect or on the page, once a second. */
  get now(): number {
    subscribe()
    return Date.now()
  },
}
