import { STATUS_CODES, type Server } from 'node:http'
import { problemStatus, StudioError } from '@shared/problems'
import { fromStudio, problemBody } from '../rpc'

/** Answers what is no request as HTTP has it, or a head of more than Node's 16 KiB, in a sentence as everything else. */
export function answerBroken(server: Server): void {
  server.on('clientError', (broken: NodeJS.ErrnoException, socket) => {
    // Node's own rule: nobody hears an answer on a connection that is gone.
    if (broken.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const problem =
      broken.code === 'HPE_HEADER_OVERFLOW'
        ? new StudioError('too_large', 'request.headTooLarge', { values: { limit: '16 KiB' } })
        : new StudioError('invalid_request', 'request.malformed')
    const status = problemStatus[problem.code]
    const text = JSON.stringify(problemBody(fromStudio(problem)))
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n` +
        `Content-Type: application/json\r\nCache-Control: no-store\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    )
  })
}
