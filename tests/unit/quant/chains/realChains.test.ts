import { expect, it } from 'vitest'
import { analyseChain, type JudgedChain } from '../../../../workers/quant/chains/analyseChain.ts'
import { recommendedStrikemap, rowStates } from '../../../../workers/quant/chains/analysis.ts'
import type { ChainSlice } from '../../../../workers/quant/chainTables.ts'
import { impliedVol } from '../../../../workers/quant/options.ts'
import { quantile } from '../../../../workers/quant/quantiles.ts'
import { describeShared } from '../../shared.ts'
import { aaplChain, msftChain, spyChain } from './realChains.ts'

const countOf = ({ state }: JudgedChain, name: (typeof rowStates)[number]) =>
  state.filter((code) => rowStates[code] === name).length
const analyse = (slice: ChainSlice, rate: number) => analyseChain(slice, { ...recommendedStrikemap, rate })

describeShared('a real chain of SPY, quotes of August 2025', () => {
  const slice = spyChain()
  const found = analyse(slice, 0.042)
  const { strike, right, bid, ask, vendorVol } = slice.rows

  it('leads back to a spot that the share was worth on that day', () => {
    expect(found.spotFrom).toBe('parity')
    expect(found.spot).toBeGreaterThan(644.5)
    expect(found.spot).toBeLessThan(646.5)
  })

  it('has a forward and a smile in every expiry, told to a fraction of a point near the money', () => {
    for (const { fit, forward, atmVol, forwardFrom } of found.expiries) {
      expect(forwardFrom).toBe('pairs')
      expect(forward).toBeGreaterThan(640)
      expect(forward).toBeLessThan(710)
      expect(fit.kind).toBe('svi')
      expect(fit.error).toBeLessThan(0.01)
      expect(atmVol).toBeGreaterThan(0.08)
      expect(atmVol).toBeLessThan(0.18)
    }
  })

  it('uses no quote that nobody bids for or that is crossed', () => {
    expect(countOf(found, 'zero bid')).toBeGreaterThan(200)
    expect(countOf(found, 'no quote')).toBe(21)
    found.state.forEach((code, i) => {
      if (code === 0) expect(bid[i] > 0 && ask[i] >= bid[i]).toBe(true)
    })
  })

  it('calls next to nothing, where the original calls a tenth', () => {
    const calls = (of: Int8Array) => of.filter((call) => call !== 0).length
    const tradable = found.tradable.reduce((sum, value) => sum + value, 0)
    expect(tradable).toBeGreaterThan(500)
    expect(calls(found.call) / tradable).toBeLessThan(0.01)
    expect(calls(found.otherCall) / tradable).toBeGreaterThan(0.05)
  })

  it('differs from the vendor by the forward: his volatilities are of a share that earns no interest', () => {
    const ofForward: number[] = []
    const withoutInterest: number[] = []
    found.expiries.forEach(({ years, expiry }, e) => {
      if (expiry - found.day < 20) return
      strike.forEach((k, i) => {
        if (found.expiryOf[i] !== e || found.state[i] !== 0 || !(vendorVol[i] > 0)) return
        const contract = {
          right: right[i] > 0 ? 'call' : 'put',
          price: found.mid[i],
          strike: k,
          years,
        } as const
        ofForward.push(Math.abs(found.vol[i] - vendorVol[i]))
        const flat = impliedVol({ ...contract, spot: found.spot, rate: 0, dividendYield: 0 })
        withoutInterest.push(Math.abs(flat - vendorVol[i]))
      })
    })
    console.log(
      `SPY: ${ofForward.length} volatilities beside the vendor’s, median difference ${quantile(ofForward, 0.5).toFixed(4)}; ` +
        `with his forward, ${quantile(withoutInterest, 0.5).toFixed(4)}`,
    )
    expect(quantile(withoutInterest, 0.5)).toBeLessThan(quantile(ofForward, 0.5) / 3)
  })
})

describeShared('a real chain of MSFT with nothing but bids and asks', () => {
  it('has its forward, its smiles and its map all the same', () => {
    const found = analyse(msftChain(), 0.003)
    expect(found.spot).toBeGreaterThan(339)
    expect(found.spot).toBeLessThan(346)
    expect(found.expiries.every(({ fit }) => fit.kind === 'svi')).toBe(true)
    expect(countOf(found, 'zero bid')).toBe(84)
    // No volume in the file: it is not asked for.
    expect(found.tradable.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(100)
  })
})

describeShared('real chains of AAPL about its split of seven for one', () => {
  it('are the same smile before and after, on a share of a seventh', () => {
    const before = analyse(aaplChain('20140605').slice, 0.002)
    const after = analyse(aaplChain('20140609').slice, 0.002)
    expect(before.quoted).toBe(false)
    expect(before.spot / after.spot).toBeGreaterThan(6.7)
    expect(before.spot / after.spot).toBeLessThan(7.1)
    const atLeast = 100
    const volOf = ({ expiries, day }: JudgedChain) =>
      expiries.filter(({ expiry }) => expiry - day > atLeast).map(({ atmVol }) => atmVol)
    volOf(before).forEach((vol, i) => expect(Math.abs(volOf(after)[i] - vol)).toBeLessThan(0.015))
    expect([...before.call].every((call) => call === 0)).toBe(true)
  })

  it('have no smile where nothing was traded', () => {
    expect(countOf(analyse(aaplChain('20140606').slice, 0.002), 'no quote')).toBe(2180)
  })
})
