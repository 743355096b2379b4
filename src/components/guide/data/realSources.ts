import type { TableName } from '../../../../workers/data/api.ts'

/** A place where data can be had. Terms change: what is said of them is a hint where to look, not a permission. */
export interface RealSource {
  name: string
  /** Address as text: the page links to no other server. */
  address: string
  /** What it has, and in which format. */
  what: string
  /** Licence or terms, as far as they are sure. */
  terms: string
  tables: TableName[]
}

export interface SourceGroup {
  title: string
  sources: RealSource[]
  /** From the source to an import here. */
  steps: string[]
}

export const sourceGroups: SourceGroup[] = [
  {
    title: 'Prices',
    sources: [
      {
        name: 'Stooq',
        address: 'stooq.com',
        what: 'Daily bars of many markets as CSV, one file a symbol or whole archives.',
        terms: 'Free to look at; check the site’s terms before you pass anything on.',
        tables: ['prices'],
      },
      {
        name: 'Nasdaq, historical quotes',
        address: 'nasdaq.com',
        what: 'Daily bars of one US symbol as CSV, with dollar signs and the month first, about ten years.',
        terms: 'For personal use; check the terms.',
        tables: ['prices'],
      },
      {
        name: 'Yahoo Finance',
        address: 'finance.yahoo.com',
        what: 'Daily bars; files made by common tools are recognised, with Adj Close or already adjusted.',
        terms: 'Personal use; the terms restrict redistribution. Check them.',
        tables: ['prices'],
      },
      {
        name: 'QuantConnect LEAN, sample data',
        address: 'github.com/QuantConnect/Lean',
        what: 'Samples in its own format: integers × 10,000, with factor and map files.',
        terms: 'Repository under Apache-2.0; small samples, meant for tests.',
        tables: ['prices', 'ticker_changes', 'options'],
      },
      {
        name: 'A vendor of your own',
        address: '',
        what: 'Paid files mostly say which symbols were delisted. That is what free ones lack.',
        terms: 'Your contract.',
        tables: ['prices', 'companies'],
      },
    ],
    steps: [
      'Download one CSV a symbol and name each by its symbol, or one long file with a column for it.',
      'Take QQQ or SPY along as benchmark, and, where you can, symbols that no longer exist.',
      'Drop the files under Data. Check on a known day that the close is right and whether it is adjusted.',
      'Read the quality report: repeated days, splits that were not adjusted, missing days.',
    ],
  },
  {
    title: 'Flights and aircraft',
    sources: [
      {
        name: 'OpenSky Network',
        address: 'opensky-network.org',
        what: 'Flight lists by airport or aircraft from its REST API (JSON), state vectors, and public data sets (CSV).',
        terms:
          'For research and non-commercial use; other use needs a licence. Cite its paper. Check the terms.',
        tables: ['flights'],
      },
      {
        name: 'ADS-B Exchange, samples',
        address: 'adsbexchange.com',
        what: 'Samples of historical position data; unlike most sites it does not hide aircraft on request.',
        terms: 'Samples for study; more under a paid licence. Check the terms.',
        tables: ['flights'],
      },
      {
        name: 'adsb.lol',
        address: 'adsb.lol',
        what: 'Open feed and daily archives of positions. The feed can be turned on under Live.',
        terms: 'Open Database Licence (ODbL 1.0), which asks for attribution and sharing alike.',
        tables: ['flights'],
      },
      {
        name: 'FAA aircraft registry',
        address: 'registry.faa.gov',
        what: 'Registered owners of US aircraft with the Mode S code in hexadecimal, a zip of CSV files made daily (MASTER.txt).',
        terms: 'Published by a US agency; owners may have their names withheld.',
        tables: ['aircraft'],
      },
      {
        name: 'plane-alert-db, tar1090-db',
        address: 'github.com/sdr-enthusiasts, github.com/wiedehopf',
        what: 'Aircraft by ICAO address with operator and type, kept by volunteers.',
        terms: 'plane-alert-db: ODbL 1.0. tar1090-db: look in the repository.',
        tables: ['aircraft'],
      },
      {
        name: 'OurAirports',
        address: 'ourairports.com/data',
        what: 'All airports with codes and coordinates as airports.csv, made daily.',
        terms: 'Public domain.',
        tables: ['airports'],
      },
      {
        name: 'OpenFlights',
        address: 'openflights.org/data',
        what: 'airports.dat, without a header, \\N for nothing.',
        terms: 'ODbL 1.0.',
        tables: ['airports'],
      },
    ],
    steps: [
      'Begin with airports.csv of OurAirports, so that positions can be given an airport.',
      'Drop a registry of owners. Under Owners accept or refuse, one by one, which owner is which company: nothing is matched silently.',
      'Drop flight lists, or positions, which are joined into legs and given the nearest airport within 10 km.',
      'Add companies with the airport of their headquarters, announcements (below) and prices. Then open Jet.',
    ],
  },
  {
    title: 'Announcements of takeovers',
    sources: [
      {
        name: 'SEC EDGAR',
        address: 'sec.gov/edgar',
        what: 'Filings of US companies, searchable in full text: merger agreements come as 8-K, DEFM14A, SC TO-T. Day and parties have to be written into a CSV.',
        terms: 'Public; its fair access rules ask for a name in automatic requests and bound their rate.',
        tables: ['events'],
      },
      {
        name: 'Wikipedia, lists of mergers and acquisitions',
        address: 'wikipedia.org',
        what: 'Tables by buyer with date, company and value. Many dates are of a month or a year only.',
        terms: 'CC BY-SA 4.0.',
        tables: ['events'],
      },
    ],
    steps: [
      'One row for each party: symbol, day of the first public word, kind (target, acquirer, …), counterparty.',
      'A day after the first rumour makes every study look better than it was. Where you are not sure, say so in precision.',
      'Drop the file under Data; months and years are read as their last day and marked.',
    ],
  },
  {
    title: 'Tickets, issues and incidents',
    sources: [
      {
        name: 'Your own help desk',
        address: '',
        what: 'An export of tickets with the time they were opened and a title or text.',
        terms:
          'Your company’s rules, and those on personal data: take names out first. Trading on what is not public may be forbidden.',
        tables: ['tickets'],
      },
      {
        name: 'GitHub issues',
        address: 'docs.github.com/rest',
        what: 'Issues and pull requests of public repositories as JSON. The source can be turned on under Live.',
        terms: 'GitHub’s terms of service; texts belong to their authors.',
        tables: ['tickets'],
      },
      {
        name: 'Stack Exchange data dump',
        address: 'archive.org, data.stackexchange.com',
        what: 'Questions with time and tags. The dump is XML; the Data Explorer saves a query as CSV, which is what can be dropped here.',
        terms:
          'CC BY-SA (the version depends on the day of the post); downloads of the dump carry further conditions.',
        tables: ['tickets', 'adoption'],
      },
      {
        name: 'Status pages',
        address: '',
        what: 'Incidents of companies that use Statuspage come as JSON under /api/v2/incidents.json of their page.',
        terms: 'Each company’s own.',
        tables: ['incidents'],
      },
    ],
    steps: [
      'Give each file a symbol on import, or a column symbol: GitHub does not know who is listed where.',
      'Tickets with text are sorted by lists of words, which can be changed under Tickets, Product.',
      'Check when a figure was known: what is published a day later must not be used a day earlier.',
    ],
  },
  {
    title: 'Downloads and adoption',
    sources: [
      {
        name: 'npm',
        address: 'api.npmjs.org/downloads',
        what: 'Downloads by day of every public package as JSON, up to 18 months a request. The source can be turned on under Live.',
        terms: 'Public counts; check npm’s terms.',
        tables: ['adoption'],
      },
      {
        name: 'PyPI',
        address: 'pypistats.org, BigQuery',
        what: 'Downloads by day: half a year from PyPI Stats as JSON, all of it from the public BigQuery table as CSV.',
        terms: 'Public counts; BigQuery has a price beyond its free share.',
        tables: ['adoption'],
      },
    ],
    steps: [
      'Choose packages by what was known at the time. Choosing today’s largest is look-ahead.',
      'Machines download more than people do: look at the shape and not at the size.',
    ],
  },
  {
    title: 'Chains of options',
    sources: [
      {
        name: 'Cboe, delayed quotes',
        address: 'cboe.com',
        what: 'The chain of one symbol as CSV, calls beside puts, of the moment of the download.',
        terms: 'Delayed, for personal use; check the terms.',
        tables: ['options'],
      },
      {
        name: 'Cboe DataShop, optionsDX and others',
        address: 'datashop.cboe.com, optionsdx.com',
        what: 'Histories of chains, some with free samples.',
        terms: 'Each its own; mostly no redistribution.',
        tables: ['options'],
      },
      {
        name: 'OCC',
        address: 'theocc.com',
        what: 'Volume and open interest by contract, without prices: good for checking, not enough for a chain.',
        terms: 'Check the terms.',
        tables: ['options'],
      },
      {
        name: 'Your broker',
        address: '',
        what: 'Most platforms save a chain as CSV.',
        terms: 'Your contract.',
        tables: ['options'],
      },
    ],
    steps: [
      'One chain a day, saved near the close. The day of the quotes may stand in the name of the file, or is typed once.',
      'Bids and asks matter more than last prices, which may be days old.',
      'Drop them together: files of one share join. Twenty days and more also compare a contract with its own past.',
    ],
  },
  {
    title: 'Fundamentals and news',
    sources: [
      {
        name: 'SEC EDGAR, company facts',
        address: 'data.sec.gov, sec.gov/dera/data',
        what: 'Reported figures: JSON by company, or quarterly zip files of text tables. Take the day of filing as known_at.',
        terms: 'Public; fair access rules as above.',
        tables: ['fundamentals'],
      },
      {
        name: 'GDELT',
        address: 'gdeltproject.org',
        what: 'Mentions and tone of news worldwide, as CSV and through BigQuery.',
        terms: 'Open to any use with attribution; the articles themselves are not.',
        tables: ['news'],
      },
    ],
    steps: [
      'Write one figure a row: symbol, end of the period, name, value, known_at. The end of a period is weeks before anybody knows.',
      'Of news: symbol, time, headline, and a mood as a number or a word.',
    ],
  },
]
