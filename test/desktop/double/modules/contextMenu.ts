import type Electron from 'electron'
import { fromChromium } from '../engine/address'
import type { PageMenu } from '../engine/worlds'

/** What the spell checker found where the menu is asked for; a test says it, as the double checks no spelling. */
export const misspelled: { word: string; suggestions: string[] } = { word: '', suggestions: [] }

type Params = Omit<Electron.ContextMenuParams, 'frame'> & { frame: null }

/** Electron's parameters of a context menu, of what the page knows. */
export function contextMenuParams(menu: PageMenu): Params {
  const { word, suggestions } = menu.isEditable ? misspelled : { word: '', suggestions: [] }
  const chosen = menu.selectionText !== ''
  const { isEditable } = menu
  return {
    x: menu.x,
    y: menu.y,
    frame: null,
    linkURL: fromChromium(menu.linkURL),
    linkText: menu.linkText,
    pageURL: '',
    frameURL: '',
    srcURL: fromChromium(menu.srcURL),
    mediaType: menu.mediaType,
    hasImageContents: menu.mediaType === 'image',
    isEditable,
    selectionText: menu.selectionText,
    titleText: '',
    altText: '',
    suggestedFilename: '',
    selectionRect: { x: menu.x, y: menu.y, width: 0, height: 0 },
    selectionStartOffset: 0,
    referrerPolicy: { url: '', policy: 'no-referrer' },
    misspelledWord: word,
    dictionarySuggestions: suggestions,
    frameCharset: 'UTF-8',
    formControlType: menu.isPassword ? 'input-password' : isEditable ? 'text-area' : 'none',
    spellcheckEnabled: isEditable,
    menuSourceType: 'mouse',
    mediaFlags: {
      inError: false,
      isPaused: false,
      isMuted: false,
      hasAudio: false,
      isLooping: false,
      isControlsVisible: false,
      canToggleControls: false,
      canPrint: false,
      canSave: false,
      canShowPictureInPicture: false,
      isShowingPictureInPicture: false,
      canRotate: false,
      canLoop: false,
    },
    editFlags: {
      canUndo: isEditable,
      canRedo: isEditable,
      canCut: isEditable && chosen,
      canCopy: chosen,
      canPaste: isEditable,
      canDelete: isEditable && chosen,
      canSelectAll: true,
      canEditRichly: false,
    },
  }
}
