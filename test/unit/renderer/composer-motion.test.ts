import { describe, expect, it } from 'vitest'
import { axisAt, moveAxis, readMove, writeMove } from '../../../src/renderer/composer/camera/camera'
import {
  beginDrawing,
  clearArea,
  drawPath,
  paint,
  redo,
  undo,
} from '../../../src/renderer/composer/motion/drawing'
import { fromTrajectory, resample, toTrajectory } from '../../../src/renderer/composer/motion/path'

describe('a camera move', () => {
  it('has exactly one axis, whichever moved last', () => {
    expect(writeMove(moveAxis('zoom', 5))).toEqual({ type: 'simple', config: { zoom: 5 } })
    expect(writeMove(moveAxis('pan', -11))).toEqual({ type: 'simple', config: { pan: -10 } })
    expect(writeMove(moveAxis('pan', 0))).toEqual({ type: 'simple', config: {} })
  })

  it('that is ready has no axes', () => {
    expect(writeMove({ type: 'down_back', moved: null })).toEqual({ type: 'down_back' })
  })

  it.each([
    [
      { type: 'simple', config: { roll: 2.5 } },
      { type: 'simple', moved: { axis: 'roll', amount: 2.5 } },
    ],
    [
      { type: 'simple', config: { roll: 0 } },
      { type: 'simple', moved: null },
    ],
    [{ type: 'forward_up' }, { type: 'forward_up', moved: null }],
    [{ type: 'advanced' }, null],
    ['zoom', null],
    [undefined, null],
  ])('%j is read back as %j', (value, move) => {
    expect(readMove(value)).toEqual(move)
  })

  it('on the pad follows the axis that was meant', () => {
    expect(axisAt(0.8, 0.3).moved).toEqual({ axis: 'horizontal', amount: 8 })
    expect(axisAt(0.3, -0.8).moved).toEqual({ axis: 'vertical', amount: -8 })
    expect(axisAt(0, 0).moved).toBeNull()
  })
})

describe('a path', () => {
  const frame = { width: 400, height: 300 }

  it('is counted from the lower left corner, in whole pixels within the frame', () => {
    const drawn = [
      { x: 0, y: 0 },
      { x: 100.4, y: 299.6 },
      { x: 900, y: -5 },
    ]
    expect(toTrajectory(drawn, frame)).toEqual([
      { x: 0, y: 300 },
      { x: 100, y: 0 },
      { x: 400, y: 300 },
    ])
  })

  it('comes back where it was drawn', () => {
    const drawn = [
      { x: 10, y: 20 },
      { x: 30, y: 250 },
    ]
    expect(fromTrajectory(toTrajectory(drawn, frame), frame)).toEqual(drawn)
  })

  it('of more points than Kling takes keeps its line and both ends', () => {
    const drawn = Array.from({ length: 500 }, (_, at) => ({ x: at * 0.8, y: 150 + 100 * Math.sin(at / 40) }))
    const sent = toTrajectory(drawn, frame)
    expect(sent).toHaveLength(77)
    expect(sent[0]).toEqual({ x: 0, y: 150 })
    expect(sent.at(-1)).toEqual({ x: 399, y: Math.round(150 - 100 * Math.sin(499 / 40)) })
    for (const { x, y } of sent) {
      const near = drawn.some((point) => Math.hypot(point.x - x, 300 - point.y - y) < 2)
      expect(near).toBe(true)
    }
  })

  it('that goes nowhere is none', () => {
    expect(toTrajectory([{ x: 5, y: 5 }], frame)).toEqual([])
    expect(
      toTrajectory(
        Array.from({ length: 90 }, () => ({ x: 5, y: 5 })),
        frame,
      ),
    ).toEqual([])
    expect(resample([], 5)).toEqual([])
  })

  it('is spread evenly, whatever its points were', () => {
    const spread = resample(
      [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
        { x: 100, y: 0 },
      ],
      5,
    )
    expect(spread.map(({ x }) => x)).toEqual([0, 25, 50, 75, 100])
  })
})

describe('a drawing', () => {
  const stroke = { erase: false, size: 10, points: [{ x: 1, y: 1 }] }

  it('takes back and repeats each step, and a new step ends what could be repeated', () => {
    const start = beginDrawing()
    const one = paint(start, 0, stroke)
    const two = drawPath(one, 0, [{ x: 1, y: 1 }])
    expect(undo(two).now).toBe(one.now)
    expect(redo(undo(two)).now).toBe(two.now)
    expect(undo(undo(undo(two))).now).toBe(start.now)
    expect(paint(undo(two), 1, stroke).future).toEqual([])
  })

  it('changes one area and leaves the others as they are', () => {
    const start = beginDrawing([{ base: 'm1', path: [] }])
    const { now } = paint(start, 2, stroke)
    expect(now[0]).toBe(start.now[0])
    expect(now[2]?.strokes).toEqual([stroke])
    expect(clearArea(start, 0).now[0]).toEqual({ base: null, strokes: [], path: [] })
    // Nothing to clear is no step.
    expect(clearArea(start, 1)).toBe(start)
  })

  it('does not grow without end', () => {
    let history = beginDrawing()
    for (let count = 0; count < 300; count += 1) history = paint(history, 0, stroke)
    expect(history.past.length).toBeLessThanOrEqual(100)
  })
})
