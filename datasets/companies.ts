/** What a company is; everything about how it trades is drawn from the seed. Names and tickers are invented. */
export interface Company {
  symbol: string
  name: string
  sector: Sector
  /** ICAO code of a real airport. */
  hqAirport: string
  /** Operators fly aircraft and buy companies; targets are bought once in the course of the market. */
  role: 'operator' | 'target'
}

export const SECTORS = [
  'Technology',
  'Health Care',
  'Industrials',
  'Energy',
  'Financials',
  'Consumer',
  'Materials',
  'Communications',
] as const
export type Sector = (typeof SECTORS)[number]

export const BENCHMARK = { symbol: 'QQQ', name: 'Simulated QQQ' }

/** Symbol, name, airport; sectors take turns in the order of `SECTORS`. */
const OPERATORS: [symbol: string, name: string, hqAirport: string][] = [
  ['QRVN', 'Quorvane Systems', 'KTEB'],
  ['ADHT', 'Ardenholt Therapeutics', 'KPDK'],
  ['IQMC', 'Ironquill Machinery', 'KVNY'],
  ['BKMP', 'Blackmere Petroleum', 'KDAL'],
  ['ADMR', 'Aldermoor Trust', 'KHPN'],
  ['BWKF', 'Butterwick Foods', 'KBED'],
  ['BSLM', 'Basaltine Minerals', 'KPWK'],
  ['ANPM', 'Antiphon Media', 'KAPA'],
  ['BTRL', 'Bitterroot Logic', 'KSDL'],
  ['MBKM', 'Mirabeck Medical', 'KSJC'],
  ['BKRG', 'Brackenridge Aero', 'KFTY'],
  ['SDFP', 'Sundrift Power', 'KADS'],
  ['PYRI', 'Pennyroyal Insurance', 'KIAH'],
  ['CVDS', 'Cloverdene Stores', 'KDTW'],
  ['CFDS', 'Cinderford Steel', 'KCLT'],
  ['BFYB', 'Belfrey Broadcasting', 'KRDU'],
  ['ZPHR', 'Zephyrine Software', 'KBNA'],
  ['SVNB', 'Solvane Biologics', 'KMEM'],
  ['DMWT', 'Dunmorrow Tools', 'KSTL'],
  ['HMGD', 'Helmsgate Drilling', 'KMKC'],
  ['GVCC', 'Grovecastle Capital', 'KMSP'],
  ['HZMA', 'Hazelmoor Apparel', 'KMKE'],
  ['DLMC', 'Dolomere Cement', 'KCVG'],
  ['CRLW', 'Carillon Wireless', 'KCMH'],
  ['HVCI', 'Halvorsen Circuits', 'KCLE'],
  ['CQDX', 'Cedarquay Diagnostics', 'KPIT'],
  ['STVR', 'Stavering Rail', 'KPHL'],
  ['CPVE', 'Caprock Vale Energy', 'KBWI'],
  ['LVBX', 'Larchmont Vale Bank', 'KIAD'],
  ['JRBX', 'Juniper Row Brands', 'KRIC'],
  ['FDSG', 'Feldspan Glass', 'KORF'],
  ['EHVN', 'Echohaven Streaming', 'KJAX'],
  ['OXLD', 'Oxlade Networks', 'KMCO'],
  ['WFSG', 'Wrenfield Surgical', 'KTPA'],
  ['OSGY', 'Osprey Gantry', 'KMIA'],
  ['NQPL', 'Northquay Pipelines', 'KMSY'],
]

const TARGETS: [symbol: string, name: string, hqAirport: string][] = [
  ['SUMR', 'Summerlin Re', 'KBHM'],
  ['MPHH', 'Maplehythe Homes', 'KHSV'],
  ['GSHC', 'Greenshale Chemicals', 'KLIT'],
  ['FNLP', 'Fanlight Publishing', 'KTUL'],
  ['TSDA', 'Tessaly Data', 'KOKC'],
  ['OVGX', 'Ostrava Genomics', 'KAUS'],
  ['LKHM', 'Larkhollow Motors', 'KSAT'],
  ['EMBG', 'Emberlyn Gas', 'KELP'],
  ['THDP', 'Thistledown Payments', 'KABQ'],
  ['ORDB', 'Orchardine Beverages', 'KTUS'],
  ['KRDC', 'Kaolin Ridge Ceramics', 'KLAS'],
  ['HRDG', 'Heraldry Games', 'KSLC'],
  ['PWRB', 'Pinwheel Robotics', 'KBOI'],
  ['PLSH', 'Palisander Health', 'KPDX'],
  ['VMHY', 'Vandermeer Hydraulics', 'KBFI'],
  ['DSOF', 'Driftstone Offshore', 'KGEG'],
  ['HGLD', 'Harrowgate Lending', 'KSMF'],
  ['PVRL', 'Peverell Toys', 'KOAK'],
  ['MPMX', 'Mica Point Metals', 'KSNA'],
  ['LTWF', 'Lanternway Fiber', 'KSAN'],
  ['LMTD', 'Lumenta Devices', 'KBUR'],
  ['TBDV', 'Thornbury Devices', 'KLGB'],
  ['CPLF', 'Copperline Freight', 'KFAT'],
  ['VDRF', 'Valdrey Refining', 'KRNO'],
  ['WXCM', 'Wexcombe Markets', 'KCOS'],
  ['QLFP', 'Quillfeather Paper', 'KOMA'],
  ['OBDN', 'Obsidane Coatings', 'KDSM'],
  ['MDSX', 'Meridane Satellite', 'KICT'],
  ['KMKC', 'Kestrelmark Cloud', 'KMSN'],
  ['JNVX', 'Junivex Pharma', 'KGRR'],
  ['WSTB', 'Westering Turbines', 'KIND'],
  ['TDWK', 'Tidewrack Wind', 'KSDF'],
  ['OBMU', 'Obelisk Mutual', 'KLEX'],
  ['RCBC', 'Rosecomb Cosmetics', 'KTYS'],
  ['QZHL', 'Quartzhill Lithium', 'KCHA'],
  ['OVTA', 'Overtone Advertising', 'KGSP'],
  ['VTXL', 'Vorticity Labs', 'KCAE'],
  ['CDWL', 'Calderway Labs', 'KCHS'],
  ['FFPX', 'Fallowfield Pumps', 'KSAV'],
  ['MBUX', 'Mossbank Uranium', 'KPBI'],
  ['FWRH', 'Fenwright Holdings', 'KRSW'],
  ['SMRX', 'Saltmarsh Restaurants', 'KFXE'],
  ['RCYP', 'Redclay Packaging', 'KBTR'],
  ['SKYQ', 'Skylarke Telecom', 'KSHV'],
  ['GWSC', 'Graywether Semiconductor', 'KMLI'],
  ['EVMC', 'Evenmoor Care', 'KFSD'],
  ['GRCX', 'Grindstone Controls', 'KFAR'],
  ['HMSV', 'Highmarch Services', 'KBIL'],
  ['KSTM', 'Keystead Mortgage', 'KBUF'],
  ['TVOD', 'Tolliver Outdoors', 'KROC'],
  ['SBTX', 'Slateborough Timber', 'KSYR'],
  ['TPVS', 'Trumpetvine Studios', 'KALB'],
  ['NFSX', 'Ninefold Security', 'KBDL'],
  ['HBKI', 'Hollinbrook Implants', 'KPVD'],
  ['TMQL', 'Tamarisk Logistics', 'KMHT'],
  ['OCBO', 'Ochre Basin Oil', 'KPWM'],
  ['MCBA', 'Marchbanks Advisors', 'KBTV'],
  ['YRBT', 'Yarrowby Travel', 'KABE'],
  ['VDGC', 'Verdigris Copper', 'KXNA'],
  ['WXWS', 'Waxwing Social', 'KTOL'],
]

function inSectors(rows: typeof OPERATORS, role: Company['role'], first: number): Company[] {
  return rows.map(([symbol, name, hqAirport], i) => ({
    symbol,
    name,
    sector: SECTORS[(first + i) % SECTORS.length],
    hqAirport,
    role,
  }))
}

/** The 36 operators, then the 60 targets. */
export const COMPANIES: readonly Company[] = [
  ...inSectors(OPERATORS, 'operator', 0),
  ...inSectors(TARGETS, 'target', OPERATORS.length),
]
