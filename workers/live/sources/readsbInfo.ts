import type { SourceInfo } from '../contract.ts'

export const readsbInfo: SourceInfo = {
  id: 'readsb',
  name: 'readsb: adsb.lol, adsb.fi or your receiver',
  summary: 'Where aircraft are now, from a community network or your own antenna; their flights as they end.',
  gives: ['flights'],
  cost: 'Free.',
  limits:
    'adsb.fi allows one request a second, adsb.lol changes its limits with its load; here a public service is asked every 10 seconds at most, a receiver of your own every second.',
  licence:
    'adsb.lol: Open Database Licence (ODbL). adsb.fi: personal, non-commercial use, with a link to adsb.fi.',
  terms: 'https://www.adsb.lol/docs/open-data/api/ and https://github.com/adsbfi/opendata',
  browsers:
    'A receiver answers pages where its web server allows it, and by http only on this computer. The public services may refuse pages: then use a relay.',
  fields: [
    {
      kind: 'url',
      name: 'url',
      label: 'Address',
      help: 'Of aircraft.json on a receiver, or of a request to api.adsb.lol or opendata.adsb.fi: aircraft by address, or around a place.',
      required: true,
      value: '',
      placeholder: 'https://opendata.adsb.fi/api/v2/lat/40.85/lon/-74.06/dist/25',
    },
    {
      kind: 'number',
      name: 'seconds',
      label: 'Ask every',
      help: 'A public service is spared: at least 10 seconds.',
      value: 15,
      min: 1,
      max: 3600,
      unit: 'seconds',
    },
  ],
}
