/**
 * Polynomial of CRC-64/NVME, reflected (NVM Express NVM Command Set Specification, 64b Protection Information): the
 * checksum that S3 gives to every object by default.
 */
export const polynomial = 0x9a6c9329ac4bc9b5n

/** Every coefficient of a register set: what a sum starts from. */
export const ones = 0xffff_ffff_ffff_ffffn

/** The polynomial 1. Registers are reflected: the lowest power stands in the highest bit. */
const one = 1n << 63n

const timesX = (value: bigint) => (value >> 1n) ^ ((value & 1n) === 1n ? polynomial : 0n)

function times(a: bigint, b: bigint): bigint {
  let product = 0n
  let shifted = b
  for (let bit = one; bit > 0n; bit >>= 1n) {
    if ((a & bit) !== 0n) product ^= shifted
    shifted = timesX(shifted)
  }
  return product
}

/** 1/x: the polynomial is odd, so that it can be added where the lowest power would be lost. */
const reciprocal = (((one ^ polynomial) << 1n) | 1n) & ones

/** A register divided by x to the power of `bits`, modulo the polynomial. */
export function overX(value: bigint, bits: number): bigint {
  let result = value
  let factor = reciprocal
  for (let left = bits; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, factor)
    factor = times(factor, factor)
  }
  return result
}
