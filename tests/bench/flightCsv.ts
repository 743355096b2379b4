const msPerSecond = 1000
const airports = [
  'KTEB',
  'KHPN',
  'KVNY',
  'KDAL',
  'KPDK',
  'KBED',
  'KPWK',
  'KAPA',
  'KSDL',
  'KSJC',
  'KFTY',
  'KIAH',
  '',
]

/** Flights as OpenSky lists them, about 80 bytes a row: 5 million are 400 MB. Deterministic; made part by part. */
export function* flightCsv(rows: number): Generator<string> {
  yield 'icao24,firstseen,departure,lastseen,arrival,callsign,typecode\n'
  const tails = 4000
  const start = Date.UTC(2019, 0, 1) / msPerSecond
  let text = ''
  for (let row = 0; row < rows; row++) {
    const tail = (0xa00000 + (row % tails) * 37).toString(16)
    const departed = start + Math.floor(row / tails) * 86_400 + ((row * 7919) % 60_000)
    const landed = departed + 1800 + ((row * 104_729) % 20_000)
    const from = airports[(row * 31) % airports.length]
    const to = airports[(row * 17 + 5) % airports.length]
    text += `${tail},${iso(departed)},${from},${iso(landed)},${to},N${row % 9973}QS,GLF${row % 7}\n`
    if (text.length > 1 << 20) {
      yield text
      text = ''
    }
  }
  yield text
}

function iso(seconds: number): string {
  return new Date(seconds * msPerSecond).toISOString().slice(0, 19) + 'Z'
}
