import { traverseContractProcedures } from '@orpc/server'
import { contract } from '@shared/contract'
import type { z } from 'zod'

/** One procedure of the contract, with its address in the local API where it has one. */
export interface Procedure {
  path: string[]
  name: string
  input: z.core.$ZodType | null
  route: { method: string; path: string } | null
}

/** All procedures there are: what is added to the contract is called from then on. */
export function allProcedures(): Procedure[] {
  const found: Procedure[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: { '~orpc': def }, path }) => {
    const { method = 'POST', path: address } = def.route
    found.push({
      path: [...path],
      name: path.join('.'),
      input: (def.inputSchema ?? null) as z.core.$ZodType | null,
      route: address === undefined ? null : { method, path: address },
    })
  })
  return found
}
