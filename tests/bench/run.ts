/**
 * `npm run bench [-- node|chromium|page]`: prints one JSON line per figure, measured in Node, in Chromium
 * (the same modules, unminified), and on the built page as a person meets it.
 */
import { ensureChromium } from '../tools/chromium.mjs'
import { benchInChromium } from './chromium.ts'
import { benchHrmInChromium } from './hrmRun.ts'
import { benchMap } from './mapRun.ts'
import { benchPage } from './page.ts'

const wanted = process.argv[2] ?? 'all'
const includes = (part: string) => wanted === 'all' || wanted === part

/** Every figure is a line of JSON; this adds where it was measured. */
function printFrom(where: string): (line: string) => void {
  return (line) => {
    if (line.startsWith('{')) process.stdout.write(JSON.stringify({ where, ...JSON.parse(line) }) + '\n')
  }
}

if (includes('node')) {
  const print = printFrom('node')
  const log = console.log
  console.log = (...parts: unknown[]) => print(parts.join(' '))
  const [
    { benchBacktest },
    { benchSweep },
    { benchTwoCores },
    { benchLuck },
    { importBench },
    { benchOptionPrices },
    { browseBench },
    tables,
    hrm,
    { benchHrmMemory },
    { benchFlightTables },
    { benchJetFeatures },
    { benchTicketWall },
    { benchTicketDetection },
    { benchTickets },
    { benchOptionsBacktest },
    { benchStrikemap },
    { benchLive },
  ] = await Promise.all([
    import('./backtest.ts'),
    import('./sweep.ts'),
    import('./twoCores.ts'),
    import('./luck.ts'),
    import('./import.ts'),
    import('./optionPrices.ts'),
    import('./browse.ts'),
    import('./tableQuality.ts'),
    import('./hrmRun.ts'),
    import('./hrmMemory.ts'),
    import('./flightTables.ts'),
    import('./jetFeatures.ts'),
    import('./ticketWall.ts'),
    import('./ticketDetection.ts'),
    import('./tickets.ts'),
    import('./optionsBacktest.ts'),
    import('./strikemap.ts'),
    import('./live.ts'),
  ])
  await benchBacktest()
  benchSweep()
  await benchTwoCores()
  benchLuck()
  benchOptionPrices()
  benchStrikemap()
  await importBench()
  await browseBench()
  await tables.tableQualityBench()
  tables.ownersBench()
  await benchFlightTables()
  benchJetFeatures()
  benchTicketDetection()
  benchTicketWall()
  await benchTickets()
  benchOptionsBacktest()
  await benchLive()
  await hrm.benchHrmInNode()
  await benchHrmMemory()
  console.log = log
}
if (includes('chromium')) {
  await benchInChromium(ensureChromium(), printFrom('chromium'))
  await benchHrmInChromium(ensureChromium(), printFrom('chromium'))
}
if (includes('page')) {
  await benchPage(ensureChromium(), printFrom('page'))
  await benchMap(ensureChromium(), printFrom('page'))
}
process.exit(0)
