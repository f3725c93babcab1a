import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { seriousFaults, startFrame, type Frame } from './kit'

let frame: Frame

beforeAll(async () => {
  frame = await startFrame()
})
afterAll(() => frame.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

describe('the way around', () => {
  it('would lose the first letters of fast hands, or run single-key commands with them', async () => {
    const page = await frame.open()
    await page.keyboard.press('Control+k')
    // Among these letters is the key of a command of its own.
    await page.keyboard.type('open setti')
    await page.getByRole('option', { name: /Open settings/ }).waitFor()
    await page.keyboard.press('Enter')
    await heading(page, 'Settings').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.context().close()
  })

  it('would take a digit typed into a field for a command', async () => {
    const page = await frame.open()
    await page.keyboard.press('2')
    await heading(page, 'Queue').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('searchbox').or(page.getByPlaceholder('Search prompts')).first().fill('take 2')
    await page.keyboard.press('2')
    expect(await page.getByRole('button', { name: /^Gallery/ }).getAttribute('aria-current')).toBe('page')
    await page.context().close()
  })

  it('would type single keys into the search after something was closed, or know no key for the keys', async () => {
    const page = await frame.open()
    const active = () => page.evaluate(() => document.activeElement?.tagName)
    // A change of view leaves the focus on the page as a whole, where no field may take its place.
    await page.keyboard.press('5')
    await page.keyboard.press('1')
    await expect.poll(active).toBe('MAIN')
    for (const keys of ['Control+k', 'Control+Shift+b']) {
      await page.keyboard.press(keys)
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(active).toBe('MAIN')
    }
    await page.keyboard.press('?')
    await page.getByRole('region', { name: 'Keyboard' }).getByText('Search the gallery').waitFor()
    await expect
      .poll(() =>
        page.getByRole('region', { name: 'Keyboard' }).evaluate((own) => own.getBoundingClientRect().top),
      )
      .toBeLessThan(450)
    await page.context().close()
  })

  it('would cut something off in a small window', async () => {
    for (const language of ['en-GB', 'zh-CN'] as const) {
      const page = await frame.open({ width: 960, height: 640, language })
      for (const digit of ['1', '2', '3']) {
        await page.keyboard.press(digit)
        await page.locator(`nav [aria-keyshortcuts="${digit}"][aria-current=page]`).waitFor()
        const beyond = await page.evaluate(() =>
          [...document.querySelectorAll('nav *, main > *, h1, h2')]
            .filter((element) => element.checkVisibility() && !element.closest('.sr-only'))
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5)
            .map((element) => element.outerHTML.slice(0, 120)),
        )
        expect(beyond).toEqual([])
      }
      await page.context().close()
    }
  })
})

describe('settings', () => {
  it('would keep an old word after the language changed, or forget it with the page', async () => {
    const page = await frame.open()
    await page.keyboard.press('5')
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: '简体中文' }).click()
    await heading(page, '设置').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    // A full stop of Chinese brings its own space.
    expect(await page.locator('main').innerText()).not.toMatch(/。[^\S\n]/)
    await page.reload()
    // The first paint already knows: the attribute is there before any module has run.
    await page.getByRole('button', { name: /^画廊/ }).waitFor()
    await page.keyboard.press('5')
    await page.getByRole('combobox', { name: '语言' }).click()
    await page.getByRole('option', { name: '跟随系统' }).click()
    await heading(page, 'Settings').waitFor()
    // A browser has no tray, no login item and its own spelling: nothing is promised that cannot be kept.
    expect(await page.getByRole('region', { name: 'Desktop' }).count()).toBe(0)
    await page.context().close()
  })

  it('would follow the system although a theme was chosen, or flash the other one on the way', async () => {
    const page = await frame.open({ theme: 'dark' })
    await page.keyboard.press('5')
    await page.getByRole('radio', { name: 'Light' }).click()
    await page.locator('html[data-theme=light]').waitFor()
    const first = await page.context().newPage()
    await first.addInitScript(() => {
      new MutationObserver((_, watch) => {
        if (document.body === null) return
        document.documentElement.dataset['first'] = document.documentElement.dataset['theme']
        watch.disconnect()
      }).observe(document, { childList: true, subtree: true })
    })
    await first.goto(frame.studio.origin)
    expect(await first.locator('html').getAttribute('data-first')).toBe('light')
    await page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'System' }).click()
    await page.locator('html[data-theme=dark]').waitFor()
    await page.context().close()
  })

  it('would save a file name template that names nothing', async () => {
    const page = await frame.open()
    await page.keyboard.press('5')
    const field = page.getByRole('textbox', { name: 'File names' })
    await field.fill('{date} {nope}')
    await page.getByRole('alert').filter({ hasText: '{nope}' }).waitFor()
    await field.press('Enter')
    const kept = await frame.studio.api('GET', '/settings')
    expect(kept.body['nameTemplate']).toBe('{date} {model} {words}')
    await field.fill('{words} {seed}')
    await page.getByText(/dusk 42\.mp4/).waitFor()
    await field.press('Enter')
    await expect
      .poll(async () => (await frame.studio.api('GET', '/settings')).body['nameTemplate'])
      .toBe('{words} {seed}')
    await page.context().close()
  })

  it('would pass a proxy by, keep one with a password, or lose what was typed', async () => {
    const page = await frame.open()
    await page.keyboard.press('5')
    const kept = async () => {
      const { proxyMode, proxyUrl } = (await frame.studio.api('GET', '/settings')).body
      return [proxyMode, proxyUrl]
    }
    await page.getByRole('radio', { name: 'Manual' }).click()
    const field = page.getByRole('textbox', { name: 'Address of the proxy' })
    await page.getByText('What was chosen before counts until an address is given.').waitFor()
    expect(await kept()).toEqual(['system', ''])
    for (const [wrong, said] of [
      ['proxy.example.com', 'A proxy looks like'],
      ['http://me:secret@proxy.example.com:8080', 'Set HTTPS_PROXY in the environment'],
    ] as const) {
      await field.fill(wrong)
      await field.press('Enter')
      await page.getByRole('alert').filter({ hasText: said }).waitFor()
      expect(await field.inputValue()).toBe(wrong)
      expect(await kept()).toEqual(['system', ''])
    }
    await field.fill('http://proxy.example.com:8080')
    await field.press('Enter')
    await expect.poll(kept).toEqual(['manual', 'http://proxy.example.com:8080'])
    await page.reload()
    await page.locator('nav').waitFor()
    await page.keyboard.press('5')
    await field.waitFor()
    expect(await field.inputValue()).toBe('http://proxy.example.com:8080')
    await page.getByRole('radio', { name: 'None' }).click()
    await expect.poll(kept).toEqual(['none', 'http://proxy.example.com:8080'])
    await page.getByRole('radio', { name: 'Manual' }).click()
    await expect.poll(kept).toEqual(['manual', 'http://proxy.example.com:8080'])
    await page.context().close()
  })

  it('would accept a library folder that cannot be, or say so anywhere but at the field', async () => {
    const page = await frame.open()
    await page.keyboard.press('5')
    const field = page.getByRole('textbox', { name: 'Path of another folder' })
    await field.fill('not/a/whole/path')
    await page.getByRole('button', { name: 'Use this folder' }).click()
    await page.locator('[aria-invalid=true]').waitFor()
    const said = await field.evaluate(
      (input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
    )
    expect(said?.length).toBeGreaterThan(10)
    await page.context().close()
  })
})

describe('a studio that goes away', () => {
  it('would stay deaf after a connection was lost and found again', async () => {
    const page = await frame.browser.newPage({ locale: 'en-GB' })
    const sockets: { close(): Promise<void> }[] = []
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      sockets.push(socket)
      socket.connectToServer()
    })
    await page.goto(frame.studio.address)
    await page.locator('nav').waitFor()
    await page.keyboard.press('5')
    await page.getByRole('switch', { name: 'Play previews on hover' }).waitFor()
    await sockets[0]?.close()
    await expect.poll(() => sockets.length).toBeGreaterThan(1)
    await frame.studio.api('PATCH', '/settings', { hoverPreviews: false })
    await page.locator('[role=switch][aria-label="Play previews on hover"][aria-checked=false]').waitFor()
    await frame.studio.api('PATCH', '/settings', { hoverPreviews: true })
    await page.close()
  })

  it('would hang without a word when it is gone, and ask for the old address when another took its place', async () => {
    const own = await startFrame()
    const page = await own.open()
    await page.keyboard.press('5')
    await heading(page, 'Settings').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('region', { name: 'Composer' }).waitFor()
    await own.studio.kill()
    await page.getByText('Dailies is not answering.').waitFor()
    // What was looked at before can still be looked at.
    await page.keyboard.press('5')
    await heading(page, 'Settings').waitFor()
    const stranger = createServer((_, answer) => answer.writeHead(401).end())
    stranger.on('upgrade', (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'))
    await new Promise<void>((resolve) =>
      stranger.listen(Number(new URL(own.studio.origin).port), '127.0.0.1', resolve),
    )
    await page.getByText('Dailies was started anew.').waitFor()
    await expect.poll(() => page.getByText('Dailies is not answering.').count()).toBe(0)
    stranger.close()
    stranger.closeAllConnections()
    await own.browser.close()
  })
})

describe('endings', () => {
  it('would not tell of a video that was finished while nobody looked', async () => {
    const page = await frame.open()
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    })
    const made = await frame.studio.api('POST', '/jobs', {
      model: 'animatic',
      prompt: 'A short one',
      params: { duration: 2, resolution: '540p' },
    })
    expect(made.status).toBe(201)
    await expect.poll(() => page.title(), { timeout: 60_000 }).toBe('(1) Dailies')
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => false })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    expect(await page.title()).toBe('Dailies')
    await page.context().close()
  })
})

describe('for everyone', () => {
  it('would shut somebody out of the queue, the connections, the settings or the palette', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const page = await frame.open({ theme })
      const views = { 2: 'Queue', 3: 'Connect a provider', 5: 'Settings' }
      for (const [digit, title] of Object.entries(views)) {
        await page.keyboard.press(digit)
        await heading(page, title).waitFor()
        expect(await seriousFaults(page)).toEqual([])
      }
      await page.keyboard.press('Control+k')
      await page.getByRole('option').first().waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.context().close()
    }
  })
})
