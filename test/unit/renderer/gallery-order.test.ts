import { describe, expect, it } from 'vitest'
import { JobOrder } from '../../../src/renderer/state/jobs/order'

const all = (order: JobOrder) => order.slice(0, order.length)

describe('the order of the gallery', () => {
  it('would show new jobs out of place if they were not put in by their seq', () => {
    expect(all(JobOrder.of([9, 7, 3]).insert([8, 10, 1], 'newest'))).toEqual([10, 9, 8, 7, 3, 1])
    expect(all(JobOrder.of([3, 7, 9]).insert([8, 10, 1], 'oldest'))).toEqual([1, 3, 7, 8, 9, 10])
    expect(all(JobOrder.of([5, 1, 9]).insert([12, 11], 'last'))).toEqual([5, 1, 9, 12, 11])
  })

  it('would show a job twice if an event and the list both brought it', () => {
    const order = JobOrder.of([9, 7])
    expect(order.insert([9], 'newest')).toBe(order)
    expect(all(order.insert([8, 8, 7], 'newest'))).toEqual([9, 8, 7])
  })

  it('would draw everything again if taking out nothing made another list', () => {
    const order = JobOrder.of([3, 2, 1])
    expect(order.without([8])).toBe(order)
    expect(all(order.without([2, 3]))).toEqual([1])
  })

  it('would lose part of a range picked from below upwards', () => {
    const order = JobOrder.of([5, 4, 3, 2, 1])
    expect(order.between(3, 1)).toEqual([4, 3, 2])
    expect(order.between(1, 3)).toEqual([4, 3, 2])
  })

  it('would answer with places outside of the list', () => {
    const order = JobOrder.of([2, 1])
    expect(order.at(2)).toBeUndefined()
    expect(order.at(-1)).toBeUndefined()
    expect(order.slice(-5, 9)).toEqual([2, 1])
    expect(order.indexOf(7)).toBe(-1)
  })
})
