/** A business jet that crosses the continent without a stop. */
export interface AircraftType {
  /** ICAO type designator. */
  designator: string
  /** Kilometres a minute over a whole flight, climb and descent apart. */
  speed: number
  /** Kilometres. */
  range: number
}

export const AIRCRAFT_TYPES: readonly AircraftType[] = [
  { designator: 'C680', speed: 13.4, range: 5200 },
  { designator: 'C68A', speed: 13.1, range: 5000 },
  { designator: 'H25B', speed: 12.6, range: 4700 },
  { designator: 'CL30', speed: 13.4, range: 5700 },
  { designator: 'CL35', speed: 13.5, range: 5900 },
  { designator: 'F2TH', speed: 13.4, range: 6000 },
  { designator: 'C750', speed: 14.6, range: 6000 },
  { designator: 'G280', speed: 13.9, range: 6600 },
  { designator: 'CL60', speed: 13.3, range: 7400 },
  { designator: 'GLF4', speed: 13.5, range: 7800 },
  { designator: 'FA7X', speed: 13.9, range: 11000 },
  { designator: 'GLEX', speed: 13.9, range: 11000 },
  { designator: 'GLF5', speed: 14.1, range: 12000 },
  { designator: 'GLF6', speed: 14.4, range: 13000 },
]
