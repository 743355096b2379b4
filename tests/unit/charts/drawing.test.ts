import { describe, expect, it } from 'vitest'
import { drawing, isDrawing } from '../../../src/charts/drawing.ts'
import { equitySvg } from '../../../src/charts/equitySvg.ts'

const named = (benchmarkName: string) =>
  equitySvg({
    dates: Int32Array.from({ length: 300 }, (_, day) => 18_000 + day),
    equity: Float64Array.from({ length: 300 }, (_, day) => 1000 + day),
    drawdown: new Float64Array(300),
    benchmark: Float64Array.from({ length: 300 }, (_, day) => 1000 + day / 2),
    benchmarkDrawdown: new Float64Array(300),
    benchmarkName,
    split: 200,
    capital: 1000,
  })

describe('what may become markup', () => {
  it('is the picture of a report, whatever the benchmark is called', () => {
    for (const name of [
      'QQQ',
      'A & B',
      '"><img src=x onerror=alert(1)>',
      '</text><script>x</script>',
      ' on=',
    ]) {
      expect(isDrawing(named(name)), name).toBe(true)
      expect(drawing(named(name))).toBe(named(name))
    }
  })

  it('is no text that acts, loads, links or is no drawing', () => {
    for (const text of [
      '<b>bold</b>',
      '<svg><script>alert(1)</script></svg>',
      '<svg onload="alert(1)"></svg>',
      '<svg ONLOAD="alert(1)"></svg>',
      '<svg onload=alert(1)></svg>',
      '<svg><text x="1"onclick="alert(1)">a</text></svg>',
      '<svg><a href="javascript:alert(1)"><text>a</text></a></svg>',
      '<svg><image href="https://elsewhere/x.png"/></svg>',
      '<svg><foreignObject><img src="x"/></foreignObject></svg>',
      '<svg></svg><img src=x onerror=alert(1)><svg></svg>',
      '<svg><path d="M0 0"/><style>*{display:none}</style></svg>',
      '<svg><!-- --><text>a</text></svg>',
    ])
      expect(isDrawing(text), text).toBe(false)
  })
})
