/** SQL tables of what Jet reads, of each kind as many as are loaded, at least one. */
export interface FlightSources {
  flights: string[]
  aircraft: string[]
  airports: string[]
  companies: string[]
  events: string[]
}
