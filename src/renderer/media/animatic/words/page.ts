import { css } from '../colour'
import { clamp, mix, smooth } from '../ease'
import { makeCanvas, type Box, type Ctx } from '../surface'
import type { Look } from './show'
import type { Voice } from './voice'
import { flow, makePieces, setFont } from './wrap'

/** A text far too long for its time, set as running text that moves up gently and fades at both ends. */
export class Page {
  readonly #sheet: OffscreenCanvas
  readonly #window: { canvas: OffscreenCanvas; ctx: Ctx }
  readonly #travel: number

  constructor(
    measure: Ctx,
    text: string,
    voice: Voice,
    private readonly box: Box,
    size: number,
    look: Look,
    seconds: number,
  ) {
    const calm: Voice = {
      ...voice,
      weight: 480,
      tracking: voice.tracking / 3,
      leading: Math.max(1.42, voice.leading),
    }
    const step = Math.round(size * calm.leading)
    const most = Math.ceil((box.height + 0.11 * box.height * seconds) / step) + 2
    const few = text.slice(0, Math.ceil((most * box.width * 2.6) / size))
    const lines = flow(measure, calm, makePieces(measure, calm, few), (box.width / size) * 100).slice(0, most)
    const sheet = makeCanvas(box.width, Math.max(box.height, lines.length * step))
    setFont(sheet.ctx, calm, size)
    sheet.ctx.fillStyle = css(look.ink)
    for (const [row, line] of lines.entries())
      sheet.ctx.fillText(line.text, calm.rtl ? box.width : 0, Math.round(row * step + size * 1.05))
    this.#sheet = sheet.canvas
    this.#travel = clamp(lines.length * step - box.height * 0.86, 0, 0.11 * box.height * seconds)
    this.#window = makeCanvas(box.width, box.height)
  }

  /** `t` from 0 to 1 over the whole time. */
  paint(ctx: Ctx, t: number, alpha: number): void {
    const { box } = this
    const { canvas, ctx: pane } = this.#window
    const y = this.#travel * mix(t, smooth(0, 1, t), 0.35)
    pane.globalCompositeOperation = 'copy'
    pane.drawImage(this.#sheet, 0, -y)
    pane.globalCompositeOperation = 'destination-in'
    const fade = pane.createLinearGradient(0, 0, 0, box.height)
    const head = Math.min(0.16, y / box.height)
    fade.addColorStop(0, `rgb(0 0 0 / ${y > 0.5 ? 0 : 1})`)
    fade.addColorStop(Math.max(0.001, head), 'rgb(0 0 0 / 1)')
    fade.addColorStop(0.7, 'rgb(0 0 0 / 1)')
    fade.addColorStop(0.86, 'rgb(0 0 0 / 0.42)')
    fade.addColorStop(1, 'rgb(0 0 0 / 0)')
    pane.fillStyle = fade
    pane.fillRect(0, 0, box.width, box.height)
    pane.globalCompositeOperation = 'source-over'
    ctx.globalAlpha = alpha
    ctx.drawImage(canvas, box.x, box.y)
    ctx.globalAlpha = 1
  }
}
