import { lab, type Lab } from './colour'

/** The colours of one scene. `sky` runs from the zenith to the horizon. */
export interface Palette {
  sky: readonly Lab[]
  /** The source of light. */
  sun: Lab
  /** Things far away and close by; what lies between is mixed. */
  far: Lab
  near: Lab
  /** Accents: windows, embers, foam. */
  glow: Lab
  /** A second, cooler or opposing accent. */
  cool: Lab
}

const make = (
  sky: string[],
  sun: string,
  far: string,
  near: string,
  glow: string,
  cool: string,
): Palette => ({
  sky: sky.map(lab),
  sun: lab(sun),
  far: lab(far),
  near: lab(near),
  glow: lab(glow),
  cool: lab(cool),
})

export type PaletteName = keyof typeof palettes

/** Tuned by eye; a mood names several and the seed takes one. */
export const palettes = {
  dusk: make(
    ['#121736', '#3a2a5c', '#83426e', '#d9695f', '#f7b27a'],
    '#ffe3b3',
    '#7a4566',
    '#0f0b18',
    '#ffc27a',
    '#6f7bd0',
  ),
  ember: make(
    ['#1a1020', '#4a1f33', '#96373a', '#e0713f', '#fbc678'],
    '#ffedc4',
    '#843a3a',
    '#140a0e',
    '#ffb056',
    '#b0537c',
  ),
  plum: make(
    ['#0e1030', '#2b2460', '#5f3a88', '#b45f9a', '#f0a9a0'],
    '#ffe0d2',
    '#5d3f78',
    '#0c0a1c',
    '#ff9fb2',
    '#7fa3f0',
  ),
  dawn: make(
    ['#2d4d6e', '#5f819a', '#a9b3b4', '#e6c8a8', '#fbe3c0'],
    '#fff4dc',
    '#8a97a0',
    '#1c2a36',
    '#ffd9a0',
    '#7fb0c8',
  ),
  rose: make(
    ['#43335c', '#875a86', '#cf8a9c', '#f2b9a8', '#fde0c8'],
    '#fff0e0',
    '#a06a86',
    '#231428',
    '#ffc7b8',
    '#9f8ad0',
  ),
  day: make(
    ['#1f5c9c', '#4f93c8', '#92c3df', '#cfe5ea', '#f2efe0'],
    '#fffbe8',
    '#7fa5b4',
    '#12303f',
    '#ffe9b0',
    '#4f9fb8',
  ),
  night: make(
    ['#04060f', '#0a1330', '#162650', '#2a4478', '#5575a4'],
    '#f4f2e4',
    '#24396a',
    '#04070f',
    '#ffd38a',
    '#7fb4ff',
  ),
  moon: make(
    ['#05080c', '#0c1a22', '#16323c', '#2d5a62', '#6f9a98'],
    '#eef6ee',
    '#224a50',
    '#04090b',
    '#e8d6a0',
    '#86d0c8',
  ),
  neon: make(
    ['#070617', '#150f3a', '#3a1767', '#93217f', '#ff5a8a'],
    '#ffd0e0',
    '#3a1f6a',
    '#06050f',
    '#ff4f9a',
    '#38d6ff',
  ),
  cyber: make(
    ['#040a14', '#08202f', '#0d3f52', '#1a7a82', '#7fe0c0'],
    '#e0fff4',
    '#0f3f50',
    '#03080d',
    '#ff7a4f',
    '#35e0d0',
  ),
  sea: make(
    ['#0b2c44', '#1f5f7c', '#5aa0ac', '#b4d6cc', '#f3e6c8'],
    '#fff4d8',
    '#3f7f8f',
    '#06202c',
    '#fff0cc',
    '#2f9fb0',
  ),
  storm: make(
    ['#12181f', '#26323c', '#46555f', '#76868a', '#b4bab0'],
    '#eef0e4',
    '#46555d',
    '#0a0f13',
    '#d8e2e0',
    '#7f98a8',
  ),
  forest: make(
    ['#0a1712', '#16352a', '#37614a', '#88a878', '#e4e2b0'],
    '#fdf6d0',
    '#5d8468',
    '#06100c',
    '#ffe58a',
    '#7fc0a0',
  ),
  moss: make(
    ['#11180c', '#2b3a1a', '#5a6f34', '#a7b168', '#f0e6b4'],
    '#fff8d8',
    '#6f7f48',
    '#0b1007',
    '#ffe9a0',
    '#a0c070',
  ),
  desert: make(
    ['#5a7f96', '#a5a79a', '#e0b988', '#f0cf9c', '#fae6c2'],
    '#fffae6',
    '#d09a68',
    '#5a2a1c',
    '#ffe0a8',
    '#8fb0b8',
  ),
  mars: make(
    ['#2a1420', '#6a2f2f', '#b5573a', '#e59a5c', '#f8d49c'],
    '#fff0d0',
    '#a8523a',
    '#1e0c0e',
    '#ffc080',
    '#c08080',
  ),
  snow: make(
    ['#44617f', '#7f9bb4', '#b9cbd8', '#e2e6e6', '#fbf3e6'],
    '#ffffff',
    '#9fb4c6',
    '#28394c',
    '#ffffff',
    '#8fb8e0',
  ),
  fire: make(
    ['#0d0504', '#2c0d08', '#6d210d', '#c9571a', '#f7b04e'],
    '#fff0c0',
    '#7a2a12',
    '#0a0403',
    '#ffb648',
    '#d0487a',
  ),
  aurora: make(
    ['#030711', '#06162a', '#0a3040', '#136457', '#6fd8a0'],
    '#e8fff0',
    '#12303c',
    '#02050a',
    '#6affb0',
    '#9a6cff',
  ),
  space: make(
    ['#020308', '#060a1c', '#0f1636', '#2a2260', '#6a4a9a'],
    '#fff2e0',
    '#2a2a58',
    '#010208',
    '#ffb98a',
    '#6fb8ff',
  ),
  deep: make(
    ['#8fe0d6', '#2f9fae', '#0f5f7c', '#0a3350', '#04142a'],
    '#e8fff8',
    '#1f6f88',
    '#031022',
    '#c8fff0',
    '#4fd0d8',
  ),
  ink: make(
    ['#0e0f12', '#1b1d22', '#34383f', '#6d7278', '#c8c6be'],
    '#f6f3ea',
    '#4a4e55',
    '#08090b',
    '#e8e2d2',
    '#8fa4b8',
  ),
  clay: make(
    ['#2b1a17', '#5a342a', '#a0654a', '#d9a680', '#f4dcc2'],
    '#fff2e2',
    '#8a5844',
    '#1a0f0d',
    '#ffd2a0',
    '#7f9aa0',
  ),
  spring: make(
    ['#3f6f6a', '#7fae98', '#c6d8b0', '#f2e6c0', '#fbd8d0'],
    '#fffbe8',
    '#8fae8c',
    '#18302c',
    '#ffb8c0',
    '#8fc8c0',
  ),
} as const satisfies Record<string, Palette>
