import { Random } from '../../../../workers/quant/random.ts'

export interface Field {
  code: string
  latitude: number
  longitude: number
  /** Metres above the sea. */
  elevation: number
}

/** A flight as it was flown; times in epoch milliseconds. */
export interface FlownLeg {
  icao24: string
  tookOff: number
  landed: number
  from: Field
  to: Field
  /** Metres above the field below which no receiver hears the aircraft; 0 = heard on the ground too. */
  floorAtStart: number
  floorAtEnd: number
}

interface Moment {
  /** Seconds since the take-off. */
  seconds: number
  /** Along the great circle, metres. */
  along: number
  /** Above the field that is nearer. */
  height: number
  /** Metres a second. */
  speed: number
}

const radians = Math.PI / 180
const earthMetres = 6_371_008.8
const step = 10
const feet = 0.3048
const knot = 0.514444

/**
 * Business jets between real airports, heard as receivers hear them: a report every ten seconds near the
 * ground and every minute above, one in five lost, one in twenty without its altitude, altitudes by
 * the barometer, and below a floor that differs from field to field nothing at all.
 */
export function flownTracks(
  fields: Field[],
  seed: number,
  { aircraft, legsEach, tellsGround }: { aircraft: number; legsEach: number; tellsGround: boolean },
): { csv: string; legs: FlownLeg[] } {
  const random = new Random(seed)
  const lines = [
    `timestamp_utc,icao24,latitude,longitude,altitude_ft,groundspeed_kt${tellsGround ? ',onground' : ''}`,
  ]
  const legs: FlownLeg[] = []
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  for (let tail = 0; tail < aircraft; tail++) {
    const icao24 = (0xa00000 + tail).toString(16)
    let clock = Date.UTC(2021, 2, 1) + between(0, 86_400_000)
    let from = fields[random.below(fields.length)]
    for (let n = 0; n < legsEach; n++) {
      const to = destinationFrom(from, fields, random)
      const profile = flight(distance(from, to))
      const [floorAtStart, floorAtEnd] = [floor(random), floor(random)]
      const landed = clock + profile[profile.length - 1].seconds * 1000
      legs.push({ icao24, tookOff: clock, landed, from, to, floorAtStart, floorAtEnd })
      const report = (time: number, share: number, height: number, field: Field, speed: number) => {
        if (random.uniform() < 0.2) return
        const [latitude, longitude] = pointBetween(from, to, share)
        const altitude =
          random.uniform() < 0.05 ? '' : ((field.elevation + height + between(-60, 60)) / feet).toFixed(0)
        lines.push(
          [
            new Date(time).toISOString().slice(0, 19) + 'Z',
            icao24,
            latitude.toFixed(5),
            longitude.toFixed(5),
            altitude,
            (speed / knot).toFixed(0),
            ...(tellsGround ? [height === 0 ? 'true' : 'false'] : []),
          ].join(','),
        )
      }
      if (floorAtStart === 0) for (let s = -240; s < 0; s += step) report(clock + s * 1000, 0, 0, from, 8)
      const length = profile[profile.length - 1].along
      for (const { seconds, along, height, speed } of profile) {
        const outbound = along < length / 2
        if (height < (outbound ? floorAtStart : floorAtEnd) || (height > 4000 && seconds % 60 !== 0)) continue
        report(clock + seconds * 1000, along / length, Math.max(height, 1), outbound ? from : to, speed)
      }
      if (floorAtEnd === 0) for (let s = step; s < 300; s += step) report(landed + s * 1000, 1, 0, to, 8)
      clock = landed + between(40, 1200) * 60_000
      from = to
    }
  }
  return { csv: lines.join('\n') + '\n', legs }
}

function floor(random: Random): number {
  const kind = random.uniform()
  if (kind < 0.4) return 0
  return kind < 0.7 ? 30 + 270 * random.uniform() : 300 + 1700 * random.uniform()
}

function destinationFrom(from: Field, fields: Field[], random: Random): Field {
  for (;;) {
    const to = fields[random.below(fields.length)]
    const metres = distance(from, to)
    if (metres > 150_000 && metres < 2_500_000) return to
  }
}

/** Up at 10 m/s to at most 11 km, along, and down a path of three degrees. */
function flight(length: number): Moment[] {
  const speedAt = (height: number) => 75 + 145 * Math.min(1, height / 8000)
  const cruise = Math.min(11_000, length * 0.025)
  const climb: Moment[] = []
  for (let seconds = 0, along = 0, height = 0; height < cruise; seconds += step) {
    const speed = speedAt(height)
    climb.push({ seconds, along, height, speed })
    along += speed * step
    height += 10 * step
  }
  const descent: Moment[] = []
  for (let seconds = 0, along = 0, height = 0; height < cruise; seconds += step) {
    const speed = speedAt(height)
    descent.unshift({ seconds, along, height, speed })
    along += speed * step
    height += Math.tan(3 * radians) * speed * step
  }
  const level: Moment[] = []
  const top = climb[climb.length - 1]
  const down = descent[0].along
  const speed = speedAt(cruise)
  let { seconds, along } = top
  for (;;) {
    seconds += step
    along += speed * step
    if (along >= length - down) break
    level.push({ seconds, along, height: cruise, speed })
  }
  const down0 = descent[0].seconds
  return [
    ...climb,
    ...level,
    ...descent.map((moment) => ({
      ...moment,
      seconds: seconds + down0 - moment.seconds,
      along: length - moment.along,
    })),
  ]
}

export function distance(a: Field, b: Field): number {
  return earthMetres * angle(a, b)
}

function angle(a: Field, b: Field): number {
  const dLat = Math.sin(((b.latitude - a.latitude) * radians) / 2)
  const dLon = Math.sin(((b.longitude - a.longitude) * radians) / 2)
  const h = dLat * dLat + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * dLon * dLon
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** A share of the way along the great circle. */
function pointBetween(a: Field, b: Field, share: number): [latitude: number, longitude: number] {
  const whole = angle(a, b)
  const [p, q] = [Math.sin((1 - share) * whole), Math.sin(share * whole)].map((x) => x / Math.sin(whole))
  const vector = (f: Field) => {
    const [latitude, longitude] = [f.latitude * radians, f.longitude * radians]
    return [
      Math.cos(latitude) * Math.cos(longitude),
      Math.cos(latitude) * Math.sin(longitude),
      Math.sin(latitude),
    ]
  }
  const [v, w] = [vector(a), vector(b)]
  const [x, y, z] = v.map((value, i) => p * value + q * w[i])
  return [Math.atan2(z, Math.hypot(x, y)) / radians, Math.atan2(y, x) / radians]
}
