import { z } from 'zod'

/**
 * The setting `hosting` of a connection whose provider reads images from addresses: the image hosting to be used, by
 * the id of its connection. Left alone, it is the only one there is.
 */
export const HostingChoice = z.uuid().optional()
