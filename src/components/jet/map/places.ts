import type { FlightMap } from '../../../../workers/backtest/api.ts'
import { arcBetween, kilometres } from './arc.ts'
import type { Arc } from './arc.ts'
import { toPlane } from './plane.ts'
import type { Point } from './plane.ts'
import { routesOf } from './traffic.ts'
import type { Routes } from './traffic.ts'

/** Where everything lies, worked out once for all the flights; lines are worked out when they are first drawn. */
export class Places {
  readonly code: string[]
  /** [airports] on the plane */
  readonly at: Point[]
  /** [airports] indices of the companies with their headquarters there */
  readonly companiesAt: number[][]
  readonly routes: Routes
  readonly #airports: FlightMap['airports']
  readonly #arcs: (Arc | undefined)[] = []
  readonly #kilometres: (number | undefined)[] = []

  constructor(map: FlightMap) {
    const { airports, companies } = map
    this.#airports = airports
    this.code = airports.code
    this.at = airports.code.map((_, airport) =>
      toPlane(airports.longitude[airport], airports.latitude[airport]),
    )
    this.companiesAt = airports.code.map(() => [])
    companies.headquarters.forEach((airport, company) => {
      if (airport >= 0) this.companiesAt[airport].push(company)
    })
    this.routes = routesOf(map)
  }

  arcOf(route: number): Arc {
    return (this.#arcs[route] ??= this.arc(this.routes.a[route], this.routes.b[route]))
  }

  /** Great-circle kilometres of a route. */
  kilometresOf(route: number): number {
    const { a, b } = this.routes
    return (this.#kilometres[route] ??= kilometres(this.degrees(a[route]), this.degrees(b[route])))
  }

  arc(from: number, to: number): Arc {
    return arcBetween(this.degrees(from), this.degrees(to))
  }

  degrees(airport: number): [longitude: number, latitude: number] {
    return [this.#airports.longitude[airport], this.#airports.latitude[airport]]
  }
}
