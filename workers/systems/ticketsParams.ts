import { riskOrderings, riskParams } from './riskParams.ts'
import type { Ordering, RiskParams } from './riskParams.ts'
import type { Claim, NumberSpec, ParamSchema } from './system.ts'

export type TicketsParams = Omit<RiskParams, 'stop' | 'target' | 'maxBars'> & {
  unusualBy: string
  negativeThreshold: number
  positiveThreshold: number
  falseDiscoveries: number
  window: number
  madFloor: number
  weekdays: boolean
  shifts: boolean
  daysRaised: number
  watch: number
  leastConfidence: number
  basePart: number
  incidentPart: number
  sentimentPart: number
  sentimentRatio: number
  newsPart: number
  newsLeast: number
  downloadsPart: number
  downloadsRise: number
  commitsPart: number
  commitsLeast: number
  releasePart: number
  within: number
  quietDays: number
  budget: number
  stopLong: number
  stopShort: number
  targetLong: number
  targetShort: number
  shortestLong: number
  longestLong: number
  shortestShort: number
  longestShort: number
}

export const ticketsName = 'Tickets: support-ticket micro-arbitrage'
export const ticketsSummary =
  'Sells a company whose customers complain unusually often and buys one whose product is taken up unusually fast, where an independent source agrees.'

export const ticketsReasons = [
  'Complaints and an incident',
  'Complaints and bad news',
  'Complaints and their share',
  'Complaints, several sources',
  'Uptake and downloads',
  'Uptake and commits',
  'Uptake and a release',
  'Uptake and good news',
  'Uptake, several sources',
  'Tickets alone',
]

export const ticketsClaims: Claim[] = [
  {
    text: 'At least 55 % of trades win',
    metric: 'winRate',
    atLeast: 0.55,
    implausibleAbove: 0.85,
  },
  {
    text: 'No trade loses more than 0.25 % of equity',
    metric: 'worstLoss',
    atMost: 0.0025,
  },
  { text: 'Trades are held 3 days or more', metric: 'averageBars', atLeast: 3 },
  { text: 'Trades are held 14 days or less', metric: 'averageBars', atMost: 14 },
  {
    text: 'A trade earns at least 0.5 % of its value',
    metric: 'expectancy',
    atLeast: 0.005,
    implausibleAbove: 0.06,
  },
]

export const ticketsOrderings: Ordering[] = [
  { smaller: 'shortestLong', larger: 'longestLong' },
  { smaller: 'shortestShort', larger: 'longestShort' },
  ...riskOrderings,
]

/** A part of the confidence, which every corroborator adds. */
function part(label: string, help: string, recommended: number, original: number): NumberSpec {
  return {
    kind: 'number',
    label,
    group: 'Confidence',
    help,
    unit: 'plain',
    min: 0,
    max: 1,
    step: 0.05,
    zeroIsOff: true,
    recommended,
    original,
  }
}

function exit(label: string, help: string, recommended: number, original: number): NumberSpec {
  return {
    kind: 'number',
    label,
    group: 'Risk',
    help,
    unit: 'fraction',
    min: 0.005,
    max: 0.5,
    step: 0.005,
    recommended,
    original,
  }
}

function hold(label: string, help: string, recommended: number, original = recommended): NumberSpec {
  return {
    kind: 'number',
    label,
    group: 'Risk',
    help,
    unit: 'days',
    min: 1,
    max: 60,
    step: 1,
    integer: true,
    recommended,
    original,
  }
}

// Every signal brings its own stop, target and horizon.
const { trailingStop, ambiguousBar, allowShort, onOpposite, overlap, ...otherRisk } = riskParams
const commonRisk: Partial<typeof otherRisk> = { ...otherRisk }
delete commonRisk.stop
delete commonRisk.target
delete commonRisk.maxBars

export const ticketsParams: ParamSchema<TicketsParams> = {
  unusualBy: {
    kind: 'choice',
    label: 'Unusual is',
    group: 'Signals',
    help: 'How a day with unusually many tickets is told: by how improbable its count is, with a bound on false alarms, or by its distance from the median in MADs.',
    options: [
      { value: 'tail', label: 'improbable' },
      { value: 'mad', label: 'many MADs off' },
    ],
    recommended: 'tail',
    original: 'mad',
  },
  falseDiscoveries: {
    kind: 'number',
    label: 'False discoveries',
    group: 'Signals',
    help: 'Of all the days called unusual within a year, at most this share may be so by chance.',
    unit: 'fraction',
    min: 0.005,
    max: 0.5,
    step: 0.005,
    onlyWhen: { param: 'unusualBy', equals: 'tail' },
    recommended: 0.1,
    original: 0.1,
  },
  negativeThreshold: {
    kind: 'number',
    label: 'Complaints above',
    group: 'Signals',
    help: 'Distance of the day’s complaints from the median, in MADs, above which they are unusual.',
    unit: 'plain',
    min: 1,
    max: 20,
    step: 0.5,
    onlyWhen: { param: 'unusualBy', equals: 'mad' },
    recommended: 4,
    original: 4,
  },
  positiveThreshold: {
    kind: 'number',
    label: 'Uptake above',
    group: 'Signals',
    help: 'The same for tickets of people who take the product up.',
    unit: 'plain',
    min: 1,
    max: 20,
    step: 0.5,
    onlyWhen: { param: 'unusualBy', equals: 'mad' },
    recommended: 3,
    original: 3,
  },
  window: {
    kind: 'number',
    label: 'Usual over',
    group: 'Signals',
    help: 'Calendar days before the day that tell what is usual.',
    unit: 'days',
    min: 21,
    max: 250,
    step: 1,
    integer: true,
    recommended: 60,
    original: 60,
  },
  madFloor: {
    kind: 'number',
    label: 'Least MAD',
    group: 'Signals',
    help: 'Where counts hardly vary, distances are measured in this many tickets.',
    unit: 'plain',
    min: 0,
    max: 5,
    step: 0.05,
    zeroIsOff: true,
    recommended: 0.1,
    original: 0.1,
  },
  weekdays: {
    kind: 'boolean',
    label: 'Compare like weekdays',
    group: 'Signals',
    help: 'Mondays are busier than Sundays: each count is divided by the usual share of its weekday first.',
    recommended: true,
    original: true,
  },
  shifts: {
    kind: 'boolean',
    label: 'Recognise new levels',
    group: 'Signals',
    help: 'A new product line brings more tickets for good; once that is seen, the usual is counted anew from there.',
    recommended: true,
    original: false,
  },
  daysRaised: {
    kind: 'number',
    label: 'Days above usual needed',
    group: 'Signals',
    help: 'Of the last five days with a count, at least this many must have had more tickets than nine in ten usual days have: what lasts is trouble, what passes is noise.',
    unit: 'days',
    min: 0,
    max: 5,
    step: 1,
    integer: true,
    zeroIsOff: true,
    recommended: 4,
    original: 0,
  },
  watch: {
    kind: 'number',
    label: 'Watched for',
    group: 'Signals',
    help: 'Calendar days from the close at which an unusual day is known within which other sources may agree with it.',
    unit: 'days',
    min: 1,
    max: 21,
    step: 1,
    integer: true,
    recommended: 5,
    original: 1,
  },
  leastConfidence: {
    kind: 'number',
    label: 'Confidence needed',
    group: 'Confidence',
    help: 'A trade is made when the parts add up to at least this.',
    unit: 'plain',
    min: 0,
    max: 2,
    step: 0.05,
    recommended: 0.7,
    original: 0.7,
  },
  basePart: part('Unusual tickets', 'What the tickets themselves are worth.', 0.5, 0.5),
  incidentPart: part(
    'Open incident',
    'Added to complaints when the company reports an incident that is still open at the close.',
    0.3,
    0.3,
  ),
  sentimentPart: part(
    'Share of complaints',
    'Added when hardly any of the day’s tickets are positive. It is part of the spike itself, no independent source.',
    0,
    0.2,
  ),
  sentimentRatio: {
    kind: 'number',
    label: 'Positive share below',
    group: 'Confidence',
    help: 'Positive ÷ (positive + negative) tickets of the day, below which the share of complaints counts.',
    unit: 'fraction',
    min: 0,
    max: 1,
    step: 0.05,
    recommended: 0.3,
    original: 0.3,
  },
  newsPart: part(
    'News',
    'Added when the headlines of the last days have the same sign as the tickets.',
    0.2,
    0,
  ),
  newsLeast: {
    kind: 'number',
    label: 'Mood of news beyond',
    group: 'Confidence',
    help: 'Mean mood of the headlines, from 0 (dull) to 1, beyond which they count.',
    unit: 'plain',
    min: 0,
    max: 1,
    step: 0.05,
    recommended: 0.2,
    original: 0.2,
  },
  downloadsPart: part(
    'Downloads',
    'Added to uptake when downloads have risen from week to week.',
    0.25,
    0.25,
  ),
  downloadsRise: {
    kind: 'number',
    label: 'Downloads up by',
    group: 'Confidence',
    help: 'Rise of the last seven days over the seven before, holidays and gaps left out of both.',
    unit: 'fraction',
    min: 0,
    max: 3,
    step: 0.05,
    recommended: 0.3,
    original: 0.3,
  },
  commitsPart: part('Commits', 'Added to uptake when developers are busy.', 0.2, 0.2),
  commitsLeast: {
    kind: 'number',
    label: 'Commits above',
    group: 'Confidence',
    help: 'Commits of the last seven days above which developers are busy.',
    unit: 'count',
    min: 0,
    max: 1000,
    step: 5,
    integer: true,
    recommended: 40,
    original: 40,
  },
  releasePart: part(
    'Release',
    'Added to uptake when a new version has come out within the last days.',
    0.15,
    0.15,
  ),
  within: {
    kind: 'number',
    label: 'News and releases within',
    group: 'Confidence',
    help: 'Calendar days before the close in which a headline or a release counts.',
    unit: 'days',
    min: 1,
    max: 30,
    step: 1,
    integer: true,
    recommended: 7,
    original: 7,
  },
  quietDays: {
    kind: 'number',
    label: 'Days between entries',
    group: 'Signals',
    help: 'Trading days after an entry in which the same company is left alone: one trouble, one trade.',
    unit: 'days',
    min: 0,
    max: 60,
    step: 1,
    integer: true,
    zeroIsOff: true,
    recommended: 10,
    original: 0,
  },
  stopLong: exit(
    'Stop, long',
    'Loss at which a position bought is closed, as a share of its entry.',
    0.05,
    0.025,
  ),
  stopShort: exit('Stop, short', 'Loss at which a position sold short is closed.', 0.05, 0.03),
  targetLong: exit('Target, long', 'Gain at which a position bought is closed.', 0.08, 0.025),
  targetShort: exit('Target, short', 'Gain at which a position sold short is closed.', 0.08, 0.02),
  shortestLong: hold(
    'Hold a long at least',
    'Days held at the weakest signal, the day of the entry included.',
    5,
  ),
  longestLong: hold('Hold a long at most', 'Days held at the strongest signal.', 14),
  // As long as longs: what complaints foretell takes days to come, and three are over before it does.
  shortestShort: hold('Hold a short at least', 'Days held at the weakest signal.', 5, 3),
  longestShort: hold('Hold a short at most', 'Days held at the strongest signal.', 14, 7),
  trailingStop,
  ambiguousBar,
  allowShort: { ...allowShort, recommended: true, original: true },
  onOpposite,
  overlap,
  budget: {
    kind: 'number',
    label: 'Risk budget',
    group: 'Size',
    help: 'Equity lost when the stop of a trade is hit: the shares bought are this much of equity ÷ (price × stop).',
    unit: 'fraction',
    min: 0.0005,
    max: 0.05,
    step: 0.0005,
    recommended: 0.0025,
    original: 0.0025,
  },
  ...(commonRisk as Omit<typeof otherRisk, 'stop' | 'target' | 'maxBars'>),
  lots: { ...riskParams.lots, recommended: 30, original: 30 },
}
