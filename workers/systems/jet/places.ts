import type { FlightTables } from '../../quant/flightTables.ts'
import { kilometres, unitVector, type Vector } from '../../quant/greatCircle.ts'

/** A landing within so many kilometres of a headquarters may be meant for it. */
export const nearKm = 50

/** Where things are: distances, headquarters at and near each airport. */
export class Places {
  private readonly vectors: Vector[]
  /** [airports] companies with their headquarters at the airport */
  readonly companiesAt: readonly (readonly number[])[]
  private readonly nearby = new Map<number, { company: number; km: number }[]>()

  constructor(private readonly tables: Pick<FlightTables, 'airports' | 'companies'>) {
    const { latitude, longitude, code } = tables.airports
    this.vectors = code.map((_, i) => unitVector(latitude[i], longitude[i]))
    const at: number[][] = code.map(() => [])
    tables.companies.headquarters.forEach((airport, company) => {
      if (airport >= 0) at[airport].push(company)
    })
    this.companiesAt = at
  }

  /** Great-circle kilometres between two airports; NaN where one is unknown. */
  km(from: number, to: number): number {
    return from < 0 || to < 0 ? NaN : kilometres(this.vectors[from], this.vectors[to])
  }

  /** Kilometres to the nearest headquarters of another company, where one is within 50; else NaN. */
  kmToOthers(airport: number, company: number): number {
    if (airport < 0) return NaN
    let near = this.nearby.get(airport)
    if (!near) this.nearby.set(airport, (near = this.companiesNear(airport)))
    return near.find((other) => other.company !== company)?.km ?? NaN
  }

  private companiesNear(airport: number): { company: number; km: number }[] {
    const near: { company: number; km: number }[] = []
    this.tables.companies.headquarters.forEach((headquarters, company) => {
      const km = this.km(airport, headquarters)
      if (km <= nearKm) near.push({ company, km })
    })
    return near.sort((a, b) => a.km - b.km || a.company - b.company)
  }
}
